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

impl Rows<u32> {
    /// Rows and columns changed: to each of so many columns, the rows in which it is, in order.
    pub(crate) fn turned(&self, columns: usize) -> Self {
        let items = (0..self.len()).flat_map(|row| self.at(row).iter().map(move |item| (*item as usize, row as u32)));
        Rows::new(columns, self.items.iter().map(|item| *item as usize), items)
    }
}

impl<T> Rows<T> {
    /// A row for each of these, to which its items are added; so many in all.
    pub(crate) fn of<R>(
        rows: impl ExactSizeIterator<Item = R>,
        items: usize,
        mut add: impl FnMut(R, &mut Vec<T>),
    ) -> Self {
        let mut starts = Vec::with_capacity(rows.len() + 1);
        let mut items = Vec::with_capacity(items);
        starts.push(0);
        for row in rows {
            add(row, &mut items);
            starts.push(items.len() as u32);
        }
        Rows { starts, items }
    }

    /// None of a row that is not there.
    pub(crate) fn at(&self, row: usize) -> &[T] {
        &self.items[self.range(row)]
    }

    pub(crate) fn at_mut(&mut self, row: usize) -> &mut [T] {
        let range = self.range(row);
        &mut self.items[range]
    }

    /// Where a row stands among all items; nowhere, if it is not there.
    pub(crate) fn range(&self, row: usize) -> Range<usize> {
        match self.starts.get(row..) {
            Some([start, end, ..]) => *start as usize..*end as usize,
            _ => 0..0,
        }
    }

    /// The number of rows.
    pub(crate) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// The items of all rows, one row after the other.
    pub(crate) fn items(&self) -> &[T] {
        &self.items
    }

    /// The same rows of other items.
    pub(crate) fn map<U>(self, with: impl FnMut(T) -> U) -> Rows<U> {
        Rows { starts: self.starts, items: self.items.into_iter().map(with).collect() }
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
    fn turned_rows_are_in_order() {
        let rows = Rows::of([vec![2, 0], vec![], vec![0, 3, 2]].into_iter(), 5, |row, items| items.extend(row));
        let turned = rows.turned(4);
        let all: Vec<&[u32]> = (0..turned.len()).map(|row| turned.at(row)).collect();
        assert_eq!(all, [&[0, 2][..], &[], &[0, 2], &[2]]);
        let again = turned.turned(3);
        assert_eq!((0..3).map(|row| again.at(row)).collect::<Vec<_>>(), [&[0, 2][..], &[], &[0, 2, 3]]);
    }

    #[test]
    fn there_may_be_no_rows() {
        let rows: Rows<char> = Rows::new(0, [].into_iter(), [].into_iter());
        assert_eq!((rows.len(), rows.items().len()), (0, 0));
        assert!(rows.at(0).is_empty());
    }
}
