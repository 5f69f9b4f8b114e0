//! Terms as values of expressions.

use spareval::ExpressionTerm;

/// About the bytes that a term takes where it is kept.
pub(crate) fn weight(term: &ExpressionTerm) -> usize {
    match term {
        ExpressionTerm::NamedNode(iri) => iri.as_str().len(),
        ExpressionTerm::StringLiteral(value)
        | ExpressionTerm::LangStringLiteral { value, .. }
        | ExpressionTerm::OtherTypedLiteral { value, .. } => value.len(),
        _ => 0,
    }
}

/// The effective boolean value of a term.
pub(crate) fn effective(term: &ExpressionTerm) -> Option<bool> {
    Some(match term {
        ExpressionTerm::BooleanLiteral(value) => bool::from(*value),
        ExpressionTerm::StringLiteral(text) => !text.is_empty(),
        ExpressionTerm::IntegerLiteral(number) => i64::from(*number) != 0,
        ExpressionTerm::DecimalLiteral(number) => *number != Default::default(),
        ExpressionTerm::FloatLiteral(number) => {
            let number = f32::from(*number);
            number != 0.0 && !number.is_nan()
        }
        ExpressionTerm::DoubleLiteral(number) => {
            let number = f64::from(*number);
            number != 0.0 && !number.is_nan()
        }
        _ => return None,
    })
}
