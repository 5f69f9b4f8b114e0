//! Of which data an example tells, where it takes `--data FILE` and `--synthetic CLAIMS`.

use std::borrow::Cow;

use dn_graph::dn_model::Dataset;
use dn_graph::dn_model::synthetic::Synthetic;

use crate::common::{Stop, usage};

/// The data that the options name, the embedded data without them; and the other arguments.
///
/// An invented network is that of the `scale` example.
pub(crate) fn dataset(arguments: &[String]) -> Result<(Cow<'static, Dataset>, Vec<&str>), Stop> {
    let mut dataset = Cow::Borrowed(Dataset::embedded());
    let mut others = Vec::new();
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        match &**argument {
            "--data" => {
                let Some(file) = arguments.next() else { return usage("--data needs a file") };
                dataset = Cow::Owned(dataset.to_builder().file(file).build()?);
            }
            "--synthetic" => {
                let claims = arguments.next().and_then(|claims| claims.replace('_', "").parse().ok());
                let Some(claims) = claims else { return usage("--synthetic needs a number of claims") };
                let records = Synthetic::new(claims).seed(42).records();
                dataset = Cow::Owned(Dataset::builder().records("synthetic", records).build()?);
            }
            other => others.push(other),
        }
    }
    Ok((dataset, others))
}
