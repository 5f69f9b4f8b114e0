//! Where things stand in a text.

/// A line and a column, both from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Position {
    pub(super) line: u32,
    pub(super) column: u32,
}

impl Position {
    pub(super) const START: Position = Position { line: 1, column: 1 };

    /// The position behind a byte at this one.
    pub(super) fn pass(&mut self, byte: u8) {
        match byte {
            b'\n' => *self = Position { line: self.line.saturating_add(1), column: 1 },
            // Not the first byte of a character.
            0x80..=0xbf => {}
            _ => self.column = self.column.saturating_add(1),
        }
    }

    /// The position behind these bytes.
    pub(super) fn behind(mut self, bytes: &[u8]) -> Position {
        bytes.iter().for_each(|byte| self.pass(*byte));
        self
    }

    /// That of a parser, which counts from 0.
    pub(super) fn of(line: u64, column: u64) -> Position {
        let number = |n: u64| u32::try_from(n).unwrap_or(u32::MAX).saturating_add(1);
        Position { line: number(line), column: number(column) }
    }
}

/// The places of triples, by number. They are numbered in the order in which they come, so that the smaller of
/// two numbers is the first place; 0 is no place. Where every line is a statement, the number is the line and
/// nothing is kept.
#[derive(Debug, Default)]
pub(super) struct Places(Vec<Position>);

impl Places {
    pub(super) fn add(&mut self, position: Position) -> u32 {
        if self.0.last() != Some(&position) {
            self.0.push(position);
        }
        u32::try_from(self.0.len()).unwrap_or(0)
    }

    /// The line and the column of a place.
    pub(super) fn get(&self, place: u32) -> (Option<u64>, Option<u64>) {
        match (place, &*self.0) {
            (0, _) => (None, None),
            (line, []) => (Some(line.into()), None),
            (place, places) => {
                let position = places.get(place as usize - 1);
                position.map(|position| (position.line.into(), position.column.into())).unzip()
            }
        }
    }
}
