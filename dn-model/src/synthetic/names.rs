//! What entities are called: invented names, and slugs made of them. Every seed has its own.

use std::fmt::Write;

use crate::kind::Kind;

use super::network::{Network, Stream, Who};
use super::random::Random;

/// A word as it is shown, and as it stands in a slug.
type Word = (&'static str, &'static str);

/// What no country's name has in common with a real one is its beginning and its end together.
const BEGINNINGS: [&str; 40] = [
    "Vel", "Tor", "Kas", "Mir", "Bren", "Sol", "Dru", "Fen", "Gal", "Hes", "Jor", "Lum", "Nar", "Ost", "Pel", "Quen",
    "Ros", "Sar", "Tam", "Ulm", "Var", "Wes", "Yor", "Zan", "Bel", "Cor", "Dal", "Esk", "Fal", "Gren", "Hal", "Ist",
    "Kel", "Lor", "Mor", "Nev", "Orl", "Pas", "Rud", "Syl",
];
const ENDS: [&str; 31] = [
    "adonia", "oria", "undia", "estra", "enna", "ovar", "adon", "umbra", "antis", "orra", "essa", "uvia", "ombar",
    "akka", "ewell", "ister", "ovina", "ulia", "emark", "ember", "undra", "ossa", "itana", "elund", "ergis", "amor",
    "ivell", "othen", "ursk", "arion", "ethia",
];

const QUALITIES: [Word; 40] = [
    ("Shared", "shared"),
    ("Open", "open"),
    ("National", "national"),
    ("Trusted", "trusted"),
    ("Digital", "digital"),
    ("Secure", "secure"),
    ("Mobile", "mobile"),
    ("Common", "common"),
    ("Joint", "joint"),
    ("Inclusive", "inclusive"),
    ("Federated", "federated"),
    ("Green", "green"),
    ("Rural", "rural"),
    ("Urban", "urban"),
    ("Proactive", "proactive"),
    ("Ethical", "ethical"),
    ("Agile", "agile"),
    ("Local", "local"),
    ("Public", "public"),
    ("Cross-border", "cross-border"),
    ("Simple", "simple"),
    ("Transparent", "transparent"),
    ("Resilient", "resilient"),
    ("Early", "early"),
    ("Automated", "automated"),
    ("Human-centered", "human-centered"),
    ("Verifiable", "verifiable"),
    ("Portable", "portable"),
    ("Reusable", "reusable"),
    ("Accessible", "accessible"),
    ("Regional", "regional"),
    ("Interoperable", "interoperable"),
    // What a serializer must not stumble over.
    ("Überall", "ueberall"),
    ("Citoyenneté", "citoyennete"),
    ("Õiglane", "oiglane"),
    ("Δημόσιο", "dimosio"),
    ("共有", "kyoyu"),
    ("“Once only”", "once-only"),
    ("Research & <Development>", "research-and-development"),
    ("Ask \"once\", read\\write", "ask-once"),
];

/// How many of the qualities are plain.
const PLAIN: usize = 32;

fn things(kind: Kind) -> &'static [Word] {
    match kind {
        Kind::Post => &[
            ("minister", "minister"),
            ("secretary", "secretary"),
            ("chief officer", "chief-officer"),
            ("director", "director"),
            ("commissioner", "commissioner"),
        ],
        Kind::Organization => &[
            ("office", "office"),
            ("agency", "agency"),
            ("ministry", "ministry"),
            ("council", "council"),
            ("authority", "authority"),
            ("laboratory", "laboratory"),
        ],
        Kind::WorkingGroup => &[("working group", "working-group"), ("task force", "task-force")],
        Kind::Initiative => &[
            ("wallet", "wallet"),
            ("register", "register"),
            ("strategy", "strategy"),
            ("act", "act"),
            ("platform", "platform"),
            ("gateway", "gateway"),
            ("programme", "programme"),
            ("portal", "portal"),
            ("toolkit", "toolkit"),
            ("sandbox", "sandbox"),
            ("framework", "framework"),
        ],
        Kind::Meeting => &[("summit", "summit"), ("meeting", "meeting"), ("forum", "forum"), ("workshop", "workshop")],
        Kind::Session => &[("session", "session"), ("panel", "panel"), ("opening", "opening"), ("debate", "debate")],
        Kind::Document => &[
            ("charter", "charter"),
            ("statement", "statement"),
            ("report", "report"),
            ("summary", "summary"),
            ("paper", "paper"),
        ],
        Kind::Topic => &[
            ("identity", "identity"),
            ("data exchange", "data-exchange"),
            ("skills", "skills"),
            ("services", "services"),
            ("cloud", "cloud"),
            ("procurement", "procurement"),
            ("payments", "payments"),
            ("archives", "archives"),
            ("participation", "participation"),
            ("health records", "health-records"),
            ("artificial intelligence", "artificial-intelligence"),
            ("signatures", "signatures"),
        ],
        Kind::Challenge => &[
            ("debt", "debt"),
            ("shortage", "shortage"),
            ("silos", "silos"),
            ("delays", "delays"),
            ("mistrust", "mistrust"),
            ("costs", "costs"),
        ],
        Kind::Finding => &[
            ("lesson", "lesson"),
            ("rule", "rule"),
            ("need", "need"),
            ("insight", "insight"),
            ("question", "question"),
        ],
        Kind::Commitment => &[("target", "target"), ("pledge", "pledge"), ("goal", "goal"), ("promise", "promise")],
        Kind::Place => &[("harbor", "harbor"), ("bridge", "bridge"), ("hill", "hill"), ("field", "field")],
        Kind::Country | Kind::Person => &[],
    }
}

impl Network {
    /// Writes the slug into the text, in place of what is there.
    pub(super) fn slug(&self, who: Who, text: &mut String) {
        text.clear();
        match who.kind {
            Kind::Country => {
                country(who.n, text);
                text.make_ascii_lowercase();
            }
            Kind::Person => {
                person(self.draw_for(Stream::Name, who), "-", text);
                text.make_ascii_lowercase();
                number(who, "-", text);
            }
            kind => {
                let (quality, thing) = words(kind, self.draw_for(Stream::Name, who));
                text.push_str(quality.1);
                text.push('-');
                text.push_str(thing.1);
                number(who, "-", text);
            }
        }
    }

    /// The name: that of people several may share.
    pub(super) fn name(&self, who: Who) -> String {
        let mut text = String::new();
        match who.kind {
            Kind::Country => {
                country(who.n, &mut text);
                return text.replace('-', " ");
            }
            Kind::Person => person(self.draw_for(Stream::Name, who), " ", &mut text),
            kind => {
                let (quality, thing) = words(kind, self.draw_for(Stream::Name, who));
                text.push_str(quality.0);
                text.push(' ');
                text.push_str(thing.0);
                number(who, " ", &mut text);
            }
        }
        text
    }
}

fn words(kind: Kind, mut random: Random) -> (Word, Word) {
    let (plain, odd) = QUALITIES.split_at(PLAIN);
    let quality = if random.chance(31, 32) { random.one(plain) } else { random.one(odd) };
    let thing = random.one(things(kind));
    (quality.copied().unwrap_or_default(), thing.copied().unwrap_or_default())
}

/// The number makes what it follows unique.
fn number(who: Who, gap: &str, text: &mut String) {
    // Writing to a text cannot fail.
    let _ = write!(text, "{gap}{}", u64::from(who.n) + 1);
}

/// The n-th country: the same in every network.
fn country(n: u32, text: &mut String) {
    let (beginnings, ends) = (BEGINNINGS.len() as u32, ENDS.len() as u32);
    let (beginning, round) = (n % beginnings, n / beginnings);
    match round / ends {
        0 => {}
        1 => text.push_str("New-"),
        further => {
            let _ = write!(text, "New-{further}-");
        }
    }
    text.push_str(BEGINNINGS[beginning as usize]);
    // In each round all beginnings have an end that they did not have before.
    text.push_str(ENDS[((round + 7 * beginning) % ends) as usize]);
}

fn person(mut random: Random, gap: &str, text: &mut String) {
    for part in 0..2 {
        if part > 0 {
            text.push_str(gap);
        }
        text.push_str(BEGINNINGS[random.below(BEGINNINGS.len() as u32) as usize]);
        text.push_str(ENDS[random.below(ENDS.len() as u32) as usize]);
    }
}
