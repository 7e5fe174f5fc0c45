//! What a template can print: the whole of it, each field always there, so that a template that names anything else is wrong.

use redress_shared::calendar::words::long_date;
use redress_shared::case::Citation;
use redress_shared::case::words::StageNumber;
use redress_shared::letter::{Addressee, Block, Detail, Letter, LetterItem};
use redress_shared::policy::profile::{Landlord, Letterhead};
use serde::Serialize;

/// A letter to one addressee, as templates see it. What is not there is null or empty; nothing is left out.
#[derive(Debug, Clone, Serialize)]
pub struct View {
    /// The language of the page.
    pub lang: &'static str,
    /// Which letter, by its kind's word.
    pub kind: &'static str,
    /// `stage 1` or `stage 2`.
    pub stage: Option<&'static str>,
    /// What it is, in a few words.
    pub title: String,
    /// Its date, in words.
    pub date: String,
    /// What to quote in an answer: the CRM's reference, or the case's id.
    pub reference: String,
    /// Who writes.
    pub landlord: Writer,
    /// To whom.
    pub addressee: To,
    /// How they are addressed, without the comma.
    pub salutation: String,
    /// What it says.
    pub items: Vec<Item>,
    /// The landlord's own last paragraph.
    pub last_words: Option<String>,
    /// What stands over the signature.
    pub sign_off: String,
    /// Who signs.
    pub signed_by: String,
    /// For whom, where it is not the landlord itself that signs.
    pub signed_for: Option<String>,
    /// The title of the policy.
    pub policy: String,
    /// Whether a provision of the Code is cited.
    pub cites_code: bool,
    /// What each item rests on.
    pub rules: Vec<Rule>,
}

/// The landlord as its letters present it.
#[derive(Debug, Clone, Serialize)]
pub struct Writer {
    /// Its name.
    pub name: String,
    /// Its logo, as a data address.
    pub logo: Option<String>,
    /// Its postal address, a line each.
    pub address: Vec<String>,
    /// Telephone, email and website, as far as there are any.
    pub contact: Vec<Fact>,
    /// Whether there is any address or contact.
    pub reached: bool,
}

/// Somebody to whom the letter goes.
#[derive(Debug, Clone, Serialize)]
pub struct To {
    /// Their number among all of them, from 1.
    pub number: u16,
    /// Their name.
    pub name: String,
    /// Their postal address, a line each.
    pub address: Vec<String>,
}

/// One thing that the letter says.
#[derive(Debug, Clone, Serialize)]
pub struct Item {
    /// What it is, by its word: `decision`.
    pub item: &'static str,
    /// The heading over it.
    pub heading: String,
    /// The whole of it as text.
    pub text: String,
    /// The same in parts.
    pub content: Vec<Part>,
    /// The clause and provision behind it.
    pub citation: Option<String>,
}

/// A part of what an item says: one of the three is there.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Part {
    /// Running text.
    pub paragraph: Option<String>,
    /// A numbered list.
    pub numbered: Vec<String>,
    /// Facts by their names.
    pub details: Vec<Fact>,
}

/// A fact with its name.
#[derive(Debug, Clone, Serialize)]
pub struct Fact {
    /// Its name.
    pub label: String,
    /// The fact.
    pub value: String,
    /// What it links to.
    pub link: Option<String>,
}

/// What an item rests on.
#[derive(Debug, Clone, Serialize)]
pub struct Rule {
    /// The item's heading.
    pub heading: String,
    /// The clause and provision.
    pub citation: String,
}

/// What a letter is printed with besides what it says.
#[derive(Debug, Clone, Copy)]
pub struct Paper<'a> {
    /// The landlord.
    pub landlord: &'a Landlord,
    /// What is at the head and foot.
    pub letterhead: Option<&'a Letterhead>,
    /// The logo, as a data address.
    pub logo: Option<&'a str>,
}

impl View {
    /// A letter to one of its addressees.
    #[must_use]
    pub fn new(letter: &Letter, reference: &str, to: &Addressee, paper: Paper<'_>) -> Self {
        let head = paper.letterhead.cloned().unwrap_or_default();
        let own = |words: Option<&str>, unset: &str| words.unwrap_or(unset).to_owned();
        let greeting = own(head.greeting.as_ref().map(|words| words.value.as_str()), "Dear");
        let signed_by = head.signed_by.as_ref().map(|words| words.value.clone());
        Self {
            lang: "en-GB",
            kind: letter.kind.as_str(),
            stage: letter.stage.map(|stage| match stage {
                StageNumber::One => "stage 1",
                StageNumber::Two => "stage 2",
            }),
            title: letter.title.clone(),
            date: long_date(letter.dated),
            reference: reference.to_owned(),
            landlord: Writer::new(paper),
            addressee: To { number: to.number, name: to.name.clone(), address: to.address.clone() },
            salutation: format!("{greeting} {}", to.name),
            items: letter.items.iter().map(Item::new).collect(),
            last_words: head.last_words.as_ref().map(|words| words.value.clone()),
            sign_off: own(head.sign_off.as_ref().map(|words| words.value.as_str()), "Yours sincerely"),
            signed_for: signed_by.is_some().then(|| letter.landlord.clone()),
            signed_by: signed_by.unwrap_or_else(|| letter.landlord.clone()),
            policy: letter.policy.clone(),
            cites_code: letter.cited().any(|item| item.citation.code.is_some()),
            rules: letter
                .cited()
                .map(|item| Rule { heading: item.heading.clone(), citation: item.citation.to_string() })
                .collect(),
        }
    }
}

impl Writer {
    fn new(paper: Paper<'_>) -> Self {
        let head = paper.letterhead;
        let address = head.and_then(|head| head.address.as_ref()).map(|address| address.value.clone());
        let telephone =
            head.and_then(|head| head.telephone.as_ref()).map(|known| Detail::telephone(&known.value));
        let email = head.and_then(|head| head.email.as_ref()).map(|known| Detail::email(&known.value));
        let website = head.and_then(|head| head.website.as_ref()).map(|known| Detail::website(&known.value));
        let contact: Vec<Fact> = [telephone, email, website].into_iter().flatten().map(Fact::from).collect();
        let address = address.unwrap_or_default();
        Self {
            name: paper.landlord.name.clone(),
            logo: paper.logo.map(str::to_owned),
            reached: !address.is_empty() || !contact.is_empty(),
            address,
            contact,
        }
    }
}

impl Item {
    fn new(item: &LetterItem) -> Self {
        let cited = item.citation != Citation::default();
        Self {
            item: item.item,
            heading: item.heading.clone(),
            text: item.text.clone(),
            content: item.content.iter().cloned().map(Part::from).collect(),
            citation: cited.then(|| item.citation.to_string()),
        }
    }
}

impl From<Block> for Part {
    fn from(block: Block) -> Self {
        match block {
            Block::Paragraph { text } => Self { paragraph: Some(text), ..Self::default() },
            Block::Numbered { items } => Self { numbered: items, ..Self::default() },
            Block::Details { details } => {
                Self { details: details.into_iter().map(Fact::from).collect(), ..Self::default() }
            }
        }
    }
}

impl From<Detail> for Fact {
    fn from(detail: Detail) -> Self {
        Self { label: detail.label, value: detail.value, link: detail.link }
    }
}
