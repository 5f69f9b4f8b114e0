//! Rows of different lengths in two flat columns, filled in linear time.

use std::ops::Range;

/// Row n is `items[starts[n]..starts[n + 1]]`.
#[derive(Clone)]
pub(crate) struct Rows<T> {
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T: Copy + Default> Rows<T> {
    /// Puts each item into its row, behind those that came before it.
    ///
    /// The rows are counted first, so both iterators give the same rows, in any two orders. There are
    /// fewer than 2³² items.
    pub(crate) fn new(
        rows: usize,
        counted: impl Iterator<Item = usize>,
        placed: impl Iterator<Item = (usize, T)>,
    ) -> Self {
        let mut starts = vec![0u32; rows + 1];
        for row in counted {
            starts[row + 1] += 1;
        }
        for row in 0..rows {
            starts[row + 1] += starts[row];
        }
        let mut items = vec![T::default(); starts[rows] as usize];
        // Filling moves each start to its end, which is the start of the next row: shifted by one
        // place they are the starts again, and no second column is needed.
        for (row, item) in placed {
            let place = &mut starts[row];
            items[*place as usize] = item;
            *place += 1;
        }
        starts.copy_within(..rows, 1);
        starts[0] = 0;
        Rows { starts, items }
    }
}

impl<T> Rows<T> {
    /// None of a row that is not there.
    pub(crate) fn at(&self, row: usize) -> &[T] {
        match self.starts.get(row..) {
            Some([start, end, ..]) => &self.items[*start as usize..*end as usize],
            _ => &[],
        }
    }

    pub(crate) fn at_mut(&mut self, row: usize) -> &mut [T] {
        match self.starts.get(row..) {
            Some([start, end, ..]) => &mut self.items[*start as usize..*end as usize],
            _ => &mut [],
        }
    }

    /// Where a row stands among all items.
    pub(crate) fn range(&self, row: usize) -> Range<usize> {
        self.starts[row] as usize..self.starts[row + 1] as usize
    }

    /// The number of rows.
    pub(crate) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// The items of all rows, one row after the other.
    pub(crate) fn items(&self) -> &[T] {
        &self.items
    }

    pub(crate) fn into_items(self) -> Vec<T> {
        self.items
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_the_order_in_which_items_come() {
        let items = [(2, 'a'), (0, 'b'), (2, 'c'), (4, 'd')];
        let rows = Rows::new(5, items.iter().map(|(row, _)| *row), items.iter().copied());
        let all: Vec<String> = (0..rows.len()).map(|row| rows.at(row).iter().collect()).collect();
        assert_eq!(all, ["b", "", "ac", "", "d"]);
        assert!(rows.at(5).is_empty());
        assert!(rows.at(usize::MAX).is_empty());
    }

    #[test]
    fn there_may_be_no_rows() {
        let rows: Rows<char> = Rows::new(0, [].into_iter(), [].into_iter());
        assert_eq!((rows.len(), rows.items().len()), (0, 0));
        assert!(rows.at(0).is_empty());
    }
}
