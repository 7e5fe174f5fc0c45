//! Whether a printed letter says what it must. What is looked for are the words themselves: a template may put them where it likes, but
//! not leave them out, nor hide them.

use handlebars::html_escape;
use redress_shared::letter::{Block, Letter, LetterItem, Missing};

use super::hidden::hiding;
use super::templates::Printed;

/// What is wanted in a letter and is not there: in the letter itself, in the page or in the text.
#[must_use]
pub fn left_out(letter: &Letter, required: &[Missing], printed: &Printed) -> Vec<Missing> {
    // A page that hides anything is taken to say nothing: the templates were looked through before, and this one was put together so that
    // nobody could have seen it there.
    let seen = if hiding(&printed.html).is_empty() { visible(&printed.html) } else { String::new() };
    let page = plain(&seen);
    let text = plain(&printed.text);
    let says = |item: &LetterItem| {
        let words: Vec<String> = words(item).iter().map(|words| plain(words)).collect();
        !item.text.trim().is_empty()
            && words.iter().all(|words| text.contains(words) && page.contains(&html_escape(words)))
    };
    let missing = |wanted: &&Missing| !letter.item(wanted.item).is_some_and(says);
    required.iter().filter(missing).cloned().collect()
}

/// Everything that an item says, part by part.
fn words(item: &LetterItem) -> Vec<&str> {
    let parts = item.content.iter().flat_map(|block| match block {
        Block::Paragraph { text } => vec![text.as_str()],
        Block::Numbered { items } => items.iter().map(String::as_str).collect(),
        Block::Details { details } => details.iter().map(|detail| detail.value.as_str()).collect(),
    });
    parts.collect()
}

/// The same with one space for all white space that stands together.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A page without its tags, comments and styles.
fn visible(page: &str) -> String {
    let mut text = String::with_capacity(page.len());
    let mut rest = page;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        text.push(' ');
        let end = ["!--", "style", "template", "title"]
            .into_iter()
            .find(|name| begins_with(after, name))
            .map(|name| match name {
                "!--" => "-->".to_owned(),
                name => format!("</{name}>"),
            });
        let end = end.as_deref().unwrap_or(">");
        rest = after.split_once(end).map_or("", |(_, rest)| rest);
    }
    text.push_str(rest);
    text
}

fn begins_with(text: &str, name: &str) -> bool {
    text.get(..name.len()).is_some_and(|beginning| beginning.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::{plain, visible};

    #[test]
    fn only_what_a_reader_sees_counts() {
        let page = "<!doctype html><title>hidden</title><style>p { color: red }</style><!-- not > this --><p class=\"a\">\n Said  &amp; <b>done</b></p>";
        assert_eq!(plain(&visible(page)), "Said &amp; done");
    }
}
