//! The people of a scenario. Their methods are named like what people do; the words are those of the product.

mod agent;
mod call;
mod customer;

pub use agent::{Agent, Invite, Start};
pub use call::{NUMBER, in_call, in_call_by, in_call_with};
pub use customer::{Customer, Mode, Talk};

/// The first six digits that stand together, in one group or two.
fn six_digits(text: &str) -> Option<String> {
    let words: Vec<_> = text.split_whitespace().collect();
    let digits = |word: &str, count| word.len() == count && word.bytes().all(|byte| byte.is_ascii_digit());
    let whole = words.iter().find(|word| digits(word, 6)).map(|word| (*word).to_owned());
    whole.or_else(|| {
        let pair = words.windows(2).find(|pair| digits(pair[0], 3) && digits(pair[1], 3))?;
        Some(pair.concat())
    })
}

#[cfg(test)]
mod tests {
    use super::six_digits;

    #[test]
    fn a_number_is_read_in_one_group_or_two() {
        assert_eq!(six_digits("Read 482 917 to the agent").as_deref(), Some("482917"));
        assert_eq!(six_digits("No. 482917 please").as_deref(), Some("482917"));
        assert_eq!(six_digits("call 030 12 345"), None);
    }
}
