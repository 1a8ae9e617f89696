//! What does not all fit comes in pages.

/// Those of a page of so many, which page that is and of how many, both from 0 on. People who went may have taken the last
/// page with them.
pub fn paged<T: Clone>(all: &[T], page: usize, most: usize) -> (Vec<T>, usize, usize) {
    let pages = all.len().div_ceil(most);
    let at = page.min(pages.saturating_sub(1));
    let shown = all.iter().skip(at * most).take(most).cloned().collect();
    (shown, at, pages)
}
