//! Finds references that lead back to where they start.

use std::fmt::Display;

/// The circles of a graph of so many nodes. `next` gives the n-th reference of a node: its row, and the
/// node to which it leads. Each circle comes with the row that closes it, and begins and ends with the
/// same node. Several circles that share a way may be told as one.
///
/// Takes time in O(n) for n nodes and references.
pub(super) fn circles(
    nodes: usize,
    starts: impl Iterator<Item = u32>,
    next: impl Fn(u32, usize) -> Option<(u32, u32)>,
) -> Vec<(u32, Vec<u32>)> {
    // A depth-first walk with a stack of its own; 0 is new, 1 on the current way, 2 done.
    let mut state = vec![0u8; nodes];
    let mut circles = Vec::new();
    for start in starts {
        let mut way: Vec<(u32, usize)> = Vec::new();
        if state[start as usize] == 0 {
            state[start as usize] = 1;
            way.push((start, 0));
        }
        while let Some((node, n)) = way.last_mut() {
            let node = *node;
            match next(node, *n) {
                Some((row, to)) => {
                    *n += 1;
                    if state[to as usize] == 0 {
                        state[to as usize] = 1;
                        way.push((to, 0));
                    } else if state[to as usize] == 1 {
                        let from = way.iter().position(|(on, _)| *on == to).unwrap_or(0);
                        circles.push((row, way[from..].iter().map(|(on, _)| *on).chain([to]).collect()));
                    }
                }
                None => {
                    state[node as usize] = 2;
                    way.pop();
                }
            }
        }
    }
    circles
}

/// A circle in a message: `` `a` → `b` → `a` ``.
pub(super) fn shown_circle(names: impl Iterator<Item = impl Display>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" → ")
}
