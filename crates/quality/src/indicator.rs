//! How alike two names of a measured thing are.

use std::collections::HashMap;

use crate::source::fold;

/// Returns how alike an indicator read is to gold's, between 0 and 1. What
/// gold adds in a parenthesis, as in 耕地(保护红线), may be left out.
pub(crate) fn likeness(wanted: &str, read: &str) -> f64 {
    let (wanted, read) = (fold(wanted), fold(read));
    let bare = match (wanted.find('('), wanted.ends_with(')')) {
        (Some(at), true) if at > 0 => &wanted[..at],
        _ => &wanted,
    };
    common_share(&wanted, &read).max(common_share(bare, &read))
}

/// Returns the share of characters that two names have in common: twice the
/// shared ones over all, each counted as often as it stands.
fn common_share(one: &str, other: &str) -> f64 {
    let mut counts: HashMap<char, i64> = HashMap::new();
    let total = one.chars().count() + other.chars().count();
    if total == 0 {
        return 1.0;
    }
    one.chars().for_each(|ch| *counts.entry(ch).or_default() += 1);
    let mut n_shared = 0;
    for ch in other.chars() {
        let count = counts.entry(ch).or_default();
        n_shared += usize::from(*count > 0);
        *count -= 1;
    }
    2.0 * n_shared as f64 / total as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_of_names() {
        assert_eq!(likeness("森林覆盖率", "森林覆盖率"), 1.0);
        assert!(likeness("细颗粒物浓度", "细颗粒物平均浓度") > 0.8);
        assert!(likeness("森林覆盖率", "全省森林覆盖率") > 0.8);
        assert_eq!(likeness("耕地(保护红线)", "耕地"), 1.0);
        assert!(likeness("森林覆盖率", "核心产业规模") < 0.5);
    }
}
