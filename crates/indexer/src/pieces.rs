//! Which pieces of an index are joined after a commit.
//!
//! Each commit adds pieces, and a search asks each of them, so they must not
//! become many; but to rewrite a large index for every document that changes
//! costs more than to write the document, and to join what a large commit has just written
//! costs a third of writing it. So a few of the largest pieces stay as they are while they are
//! alike, and each other piece while it is much larger than all smaller ones together: there
//! are never more than these few and the logarithm of the size, and a record is rewritten a
//! few times in all.

/// What is known of a piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece<I> {
    pub id: I,
    /// Records that are there.
    pub n_records: u32,
    /// Records that are removed and still in its files.
    pub n_removed: u32,
}

/// So many of the largest pieces stay, …
const FEW: usize = 8;
/// … each of at least one part in this many of the records.
const ALIKE_PART: u64 = 32;
/// Another piece stays while it is at least this many times the smaller ones together.
const TIMES_THE_REST: u64 = 8;
/// A piece is rewritten when more than one of this many records is removed, …
const REMOVED_PART: u64 = 4;
/// … and when more are than a search should have to leave out.
const MOST_REMOVED: u32 = 4096;

/// Returns the pieces to be joined into one, which may be a single one that
/// holds too many removed records; none where all may stay.
pub(crate) fn to_join<I: Copy + Ord>(mut pieces: Vec<Piece<I>>) -> Vec<I> {
    pieces.sort_unstable_by_key(|piece| (std::cmp::Reverse(piece.n_records), piece.id));
    let n_all: u64 = pieces.iter().map(|piece| u64::from(piece.n_records)).sum();
    let stays = |at: usize| {
        let rest: u64 = pieces[at + 1..].iter().map(|piece| u64::from(piece.n_records)).sum();
        let piece = &pieces[at];
        let n_kept = u64::from(piece.n_records);
        piece.n_removed <= MOST_REMOVED
            && u64::from(piece.n_removed) * REMOVED_PART <= n_kept + u64::from(piece.n_removed)
            && piece.n_records > 0
            && (n_kept >= rest * TIMES_THE_REST || (at < FEW && n_kept * ALIKE_PART >= n_all))
    };
    let first = (0..pieces.len()).find(|&at| !stays(at)).unwrap_or(pieces.len());
    pieces[first..].iter().map(|piece| piece.id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(sizes: &[(u32, u32)]) -> Vec<usize> {
        let piece = |(id, &(n_records, n_removed))| Piece { id, n_records, n_removed };
        to_join(sizes.iter().enumerate().map(piece).collect())
    }

    #[test]
    fn a_large_piece_stays_and_small_ones_are_joined() {
        assert_eq!(joined(&[]), [0; 0]);
        assert_eq!(joined(&[(1000, 0)]), [0; 0]);
        assert_eq!(joined(&[(100_000, 0), (50, 0)]), [0; 0]);
        assert_eq!(joined(&[(50, 0), (100_000, 0), (50, 0)]), [0, 2]);
        assert_eq!(joined(&[(1000, 0), (900, 0), (800, 0)]), [0; 0]);
        assert_eq!(joined(&[(9000, 0), (100, 0), (80, 0)]), [1, 2]);
        assert_eq!(joined(&[(1000, 0); 11]), [8, 9, 10]);
    }

    #[test]
    fn a_piece_with_much_removed_is_rewritten_with_those_below_it() {
        assert_eq!(joined(&[(1000, 100)]), [0; 0]);
        assert_eq!(joined(&[(1000, 400)]), [0]);
        assert_eq!(joined(&[(1_000_000, 5000), (10, 0)]), [0, 1]);
        assert_eq!(joined(&[(0, 7)]), [0]);
        assert_eq!(joined(&[(1_000_000, 0), (0, 7)]), [1]);
    }

    #[test]
    fn adding_one_by_one_keeps_them_few_and_rewrites_little() {
        let (mut pieces, mut n_rewritten, mut most) = (Vec::new(), 0u64, 0);
        for id in 0..20_000u32 {
            pieces.push(Piece { id, n_records: 50, n_removed: 0 });
            let ids = to_join(pieces.clone());
            let of = |piece: &&Piece<u32>| ids.contains(&piece.id);
            let n_records = pieces.iter().filter(of).map(|piece| piece.n_records).sum();
            if n_records > 0 {
                pieces.retain(|piece| !ids.contains(&piece.id));
                pieces.push(Piece { id, n_records, n_removed: 0 });
                n_rewritten += u64::from(n_records);
            }
            most = most.max(pieces.len());
        }
        assert!(most <= 12, "{most} pieces");
        let n_records = 20_000 * 50;
        assert!(n_rewritten <= 40 * n_records, "rewritten {} times", n_rewritten / n_records);
    }
}
