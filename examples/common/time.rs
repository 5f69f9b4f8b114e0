//! Of which time an example tells, where it takes `--from DATE`, `--to DATE` and `--certain`.

use dn_graph::KnowledgeGraph;
use dn_graph::dn_model::{Date, Days};

use crate::common::asked::Asked;
use crate::common::{Stop, usage};

/// The view of the time that the options name; the graph itself without them.
pub(crate) fn in_time<'d>(graph: KnowledgeGraph<'d>, asked: &Asked) -> Result<KnowledgeGraph<'d>, Stop> {
    let (from, to) = dates(asked)?;
    if from.or(to).is_none() {
        return if asked.has("--certain") { usage("--certain needs a time: --from, --to or both") } else { Ok(graph) };
    }
    let graph = if asked.has("--certain") { graph.certain() } else { graph };
    Ok(graph.during(from.unwrap_or("0000".parse()?), to.unwrap_or("9999".parse()?)))
}

fn dates(asked: &Asked) -> Result<(Option<Date>, Option<Date>), Stop> {
    let date = |option: &str| asked.value(option).map(str::parse::<Date>).transpose();
    Ok((date("--from")?, date("--to")?))
}

/// The days that the options name; all days without them.
#[allow(dead_code, reason = "not every example that shares this tells of days")]
pub(crate) fn days(asked: &Asked) -> Result<Days, Stop> {
    let (from, to) = dates(asked)?;
    Ok(Days::new(from, to))
}
