//! Texts, numbers and dates that the data write in another way than the query.

use dn_model::suggest::{nearest, shown};
use oxigraph::model::{Literal, Term, Variable};
use spargebra::algebra::{Expression, Function, GraphPattern};
use spargebra::term::{NamedNodePattern, TriplePattern};

use super::HintKind;
use super::check::Check;
use super::why::{NAMES, Reason};
use crate::error::Error;
use crate::terms;

impl Check<'_> {
    /// How the data write what the query writes otherwise.
    pub(super) fn why_literal(&mut self, triple: &TriplePattern, literal: &Literal) -> Result<Option<Reason>, Error> {
        let value = Variable::new_unchecked("hint_value");
        let open =
            GraphPattern::Bgp { patterns: vec![TriplePattern { object: value.clone().into(), ..triple.clone() }] };
        let filtered = |expr: Expression| GraphPattern::Filter { expr, inner: open.clone().into() };
        let call = |function, operand| Expression::FunctionCall(function, vec![operand]);
        let text = call(Function::Str, value.clone().into());
        let given = Expression::Literal(Literal::new_simple_literal(literal.value()));
        let reason =
            |message: String, meant| Some(Reason::new(HintKind::Literal, message).of(literal.value()).meaning(meant));
        let property = match &triple.predicate {
            NamedNodePattern::NamedNode(iri) => self.base.prefixed(iri.as_str()),
            NamedNodePattern::Variable(variable) => variable.to_string(),
        };
        let is_literal = call(Function::IsLiteral, value.clone().into());
        if !self.matches(filtered(is_literal.clone()))? && self.matches(open.clone())? {
            let names = self.named(literal.value())?;
            return Ok(reason(format!("{property} leads to entities, and to no text"), names));
        }
        let same_text = Expression::Equal(text.clone().into(), given.clone().into());
        if let Some(found) = self.literal_of(filtered(Expression::And(is_literal.clone().into(), same_text.into())))? {
            let message = format!("the data write {found}, not {}", self.written(literal));
            return Ok(reason(message, None));
        }
        let lower = |operand| call(Function::LCase, operand);
        let same_letters = Expression::Equal(lower(text).into(), lower(given).into());
        if let Some(found) = self.literal_of(filtered(Expression::And(is_literal.into(), same_letters.into())))? {
            let message = format!("the data write {found}, not {}", self.written(literal));
            return Ok(reason(message, None));
        }
        if literal.datatype() == terms::xsd::STRING {
            let all = self.values(open, "hint_value", NAMES)?;
            let meant =
                nearest(literal.value(), all.iter().map(|text| &**text)).map(|text| format!("\"{}\"", shown(text)));
            if meant.is_some() {
                return Ok(reason(format!("no {property} is \"{}\"", shown(literal.value())), meant));
            }
        }
        Ok(None)
    }

    /// The first literal that a variable `value` has.
    fn literal_of(&mut self, pattern: GraphPattern) -> Result<Option<String>, Error> {
        Ok(match self.first(pattern, "hint_value")? {
            Some(Term::Literal(literal)) => Some(self.written(&literal)),
            _ => None,
        })
    }

    /// A literal as a query may write it.
    fn written(&self, literal: &Literal) -> String {
        let datatype = literal.datatype();
        shown(&match datatype {
            terms::xsd::INTEGER | terms::xsd::DECIMAL | terms::xsd::BOOLEAN => literal.value().to_owned(),
            terms::xsd::STRING => literal.to_string(),
            _ if literal.language().is_some() => literal.to_string(),
            _ => {
                let text = Literal::new_simple_literal(literal.value());
                format!("{text}^^{}", self.base.prefixed(datatype.as_str()))
            }
        })
    }

    /// The entity of this name, as a query may write it.
    fn named(&mut self, name: &str) -> Result<Option<String>, Error> {
        let label = TriplePattern {
            subject: Variable::new_unchecked("hint_s").into(),
            predicate: terms::rdfs::LABEL.into_owned().into(),
            object: Literal::new_simple_literal(name).into(),
        };
        let found = self.values(GraphPattern::Bgp { patterns: vec![label] }, "hint_s", 1)?;
        Ok(found.first().map(|iri| self.base.prefixed(iri)))
    }

    /// Whether any text of the data has a language.
    pub(super) fn has_languages(&mut self) -> Result<bool, Error> {
        let [s, p, o] = ["hint_s", "hint_p", "hint_o"].map(Variable::new_unchecked);
        let language = Expression::FunctionCall(Function::Lang, vec![o.clone().into()]);
        let none = Expression::Literal(Literal::new_simple_literal(""));
        let expr = Expression::Not(Expression::Equal(language.into(), none.into()).into());
        let any = TriplePattern { subject: s.into(), predicate: p.into(), object: o.into() };
        self.matches(GraphPattern::Filter { expr, inner: GraphPattern::Bgp { patterns: vec![any] }.into() })
    }
}
