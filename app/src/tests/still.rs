//! What is said of a picture that people draw on together.

use crate::text::still::{described, save};

fn counts(list: &[(&str, usize)]) -> Vec<(String, usize)> {
    list.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
}

#[test]
fn a_picture_is_described_by_its_number_and_whose_marks_are_on_it() {
    let table: [(&[(&str, usize)], &str); 5] = [
        (&[], "Picture 3"),
        (&[("you", 1)], "Picture 3 with 1 mark by you"),
        (&[("Ana", 2)], "Picture 3 with 2 marks by Ana"),
        (&[("Ana", 2), ("you", 1)], "Picture 3 with 2 marks by Ana and 1 by you"),
        (
            &[("Ana", 1), ("Bo", 4), ("you", 2)],
            "Picture 3 with 1 mark by Ana, 4 by Bo and 2 by you",
        ),
    ];
    for (list, words) in table {
        assert_eq!(described(3, &counts(list)), words);
    }
}

#[test]
fn the_button_that_saves_names_its_picture() {
    assert_eq!(save(2), "Save picture 2");
}
