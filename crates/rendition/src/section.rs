//! The blocks of a document as the tree of its divisions.

use crate::flow::Flow;

/// A block, or a division with what stands in it.
#[derive(Debug)]
pub(crate) enum Item {
    /// The index of a block of the flow.
    Block(usize),
    Section(Section),
}

/// A division with what stands in it, in the order of the source.
#[derive(Debug)]
pub(crate) struct Section {
    /// The index of the division.
    pub(crate) division: usize,
    pub(crate) items: Vec<Item>,
}

/// Puts the blocks of a flow under their divisions.
pub(crate) fn sections(flow: &Flow) -> Vec<Item> {
    let mut top: Vec<Item> = Vec::new();
    let mut open: Vec<Section> = Vec::new();
    for (at, block) in flow.blocks.iter().enumerate() {
        let mut path = vec![block.division];
        path.extend(std::iter::successors(flow.parents[block.division], |above| {
            flow.parents[*above]
        }));
        path.reverse();
        let shared = open.iter().zip(&path).take_while(|(open, path)| open.division == **path);
        let n_shared = shared.count();
        close(&mut open, n_shared, &mut top);
        open.extend(
            path[n_shared..].iter().map(|&division| Section { division, items: Vec::new() }),
        );
        if let Some(section) = open.last_mut() {
            section.items.push(Item::Block(at));
        }
    }
    close(&mut open, 0, &mut top);
    top
}

/// Closes the innermost sections until `n` are open.
fn close(open: &mut Vec<Section>, n: usize, top: &mut Vec<Item>) {
    while open.len() > n
        && let Some(section) = open.pop()
    {
        let items = open.last_mut().map_or(&mut *top, |above| &mut above.items);
        items.push(Item::Section(section));
    }
}
