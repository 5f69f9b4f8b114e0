//! Answers about borrowing for serde: entities and claims as their ids.

use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::{Borrowing, Connection, Contact, Directness, Lending, Need, Suggestion};

impl Serialize for Borrowing<'_> {
    /// The `country`, its `needs`, the `unnamed` ones, and the claim of its `last_mention`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut borrowing = serializer.serialize_struct("Borrowing", 4)?;
        borrowing.serialize_field("country", &self.country())?;
        borrowing.serialize_field("needs", self.needs())?;
        borrowing.serialize_field("unnamed", &self.unnamed())?;
        borrowing.serialize_field("last_mention", &self.last_mention())?;
        borrowing.end()
    }
}

impl Serialize for Lending<'_> {
    /// The `country`, the `needs` of others, and the `unnamed` ones.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut lending = serializer.serialize_struct("Lending", 3)?;
        lending.serialize_field("country", &self.country())?;
        lending.serialize_field("needs", self.needs())?;
        lending.serialize_field("unnamed", &self.unnamed())?;
        lending.end()
    }
}

impl Serialize for Need<'_> {
    /// The `borrower`, `what` is wanted and why (`want`), the `chains` that say so, the `offers` and the
    /// `lessons`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut need = serializer.serialize_struct("Need", 6)?;
        need.serialize_field("borrower", &self.borrower())?;
        need.serialize_field("what", &self.what())?;
        need.serialize_field("want", &self.want())?;
        need.serialize_field("chains", self.chains())?;
        need.serialize_field("offers", self.offers())?;
        need.serialize_field("lessons", self.lessons())?;
        need.end()
    }
}

impl Serialize for Suggestion<'_> {
    /// The `lender`, the `thing`, how the one has the other (`tie`, `stage`), how directly it bears on the need
    /// (`directness`, `levels`, `same_session`), the `chain` that leads there, the borrower's own `answer`, the
    /// lender's `troubles`, and whom to ask: `contacts`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut suggestion = serializer.serialize_struct("Suggestion", 11)?;
        suggestion.serialize_field("lender", &self.lender())?;
        suggestion.serialize_field("thing", &self.thing())?;
        suggestion.serialize_field("tie", &self.tie())?;
        suggestion.serialize_field("stage", &self.stage())?;
        let (directness, levels) = match self.directness() {
            Directness::Challenge => ("challenge", 0),
            Directness::Topic => ("topic", 0),
            Directness::Narrower(levels) => ("narrower", levels),
            Directness::Answer => ("answer", 0),
            Directness::Near(levels) => ("near", levels),
        };
        suggestion.serialize_field("directness", directness)?;
        suggestion.serialize_field("levels", &levels)?;
        suggestion.serialize_field("same_session", &self.is_from_same_session())?;
        suggestion.serialize_field("chain", &self.chain())?;
        suggestion.serialize_field("answer", &self.answer())?;
        suggestion.serialize_field("troubles", &self.troubles())?;
        suggestion.serialize_field("contacts", &self.contacts())?;
        suggestion.end()
    }
}

impl Serialize for Contact<'_> {
    /// How closely it is connected (`connection`, `levels`), the `body`, the `post`, the `person`, as of when
    /// that is known, and the `claims`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (connection, levels) = match self.connection() {
            Connection::Thing => ("thing", 0),
            Connection::Topic => ("topic", 0),
            Connection::Narrower(levels) => ("narrower", levels),
            Connection::Broader(levels) => ("broader", levels),
            Connection::Country => ("country", 0),
        };
        let mut contact = serializer.serialize_struct("Contact", 7)?;
        contact.serialize_field("connection", connection)?;
        contact.serialize_field("levels", &levels)?;
        contact.serialize_field("body", &self.body())?;
        contact.serialize_field("post", &self.post())?;
        contact.serialize_field("person", &self.person())?;
        contact.serialize_field("as_of", &self.as_of())?;
        contact.serialize_field("claims", self.claims())?;
        contact.end()
    }
}
