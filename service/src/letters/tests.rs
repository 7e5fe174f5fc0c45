//! Templates of a landlord's own: the good one is used, the broken one is refused with its file, its line and the reason.

use std::path::Path;

use redress_shared::letter::{Addressee, Block, Letter, LetterItem, LetterKind, Missing};
use serde_json::Value;

use super::sample;
use super::templates::Templates;
use super::{Printed, said};

const LANDLORDS: [&str; 2] = ["hartlepool", "bradford"];

fn load(files: &[(&str, &str)]) -> Result<Templates, String> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    Templates::load(Some(folder.path()), Some(&LANDLORDS))
        .map_err(|problems| problems.to_string().replace(&format!("{}/", folder.path().display()), ""))
}

fn wrong(files: &[(&str, &str)]) -> String {
    load(files).unwrap_err()
}

#[test]
fn the_templates_of_the_program_print_every_letter() {
    let templates = Templates::load(None, Some(&LANDLORDS)).unwrap();
    for view in [sample::full(), sample::bare()] {
        let printed = templates.print("hartlepool", &view).unwrap();
        assert!(printed.html.starts_with("<!doctype html>\n<html lang=\"en-GB\">"), "{}", printed.html);
        assert!(
            printed.text.starts_with("A Landlord\n") && !printed.text.contains("\n\n\n"),
            "{}",
            printed.text
        );
        assert!(printed.version.starts_with("built-in-"), "{}", printed.version);
    }
}

/// A field that the full sample leaves empty could not be looked into.
#[test]
fn the_full_letter_has_everything() {
    fn look(value: &Value, path: &str) {
        match value {
            Value::Object(fields) => {
                fields.iter().for_each(|(name, field)| look(field, &format!("{path}.{name}")))
            }
            Value::Array(items) => {
                assert!(!items.is_empty(), "{path}");
                items.iter().for_each(|item| look(item, path));
            }
            value => assert!(!value.is_null() && *value != "" && *value != false, "{path}"),
        }
    }
    look(&serde_json::to_value(sample::full()).unwrap(), "");
}

#[test]
fn a_landlords_own_template_is_used_for_its_own_letters_alone() {
    let own = "{{#each items as |item place|}}{{place}} {{item.heading}}{{#if @last}}!{{/if}}{{/each}}";
    let templates = load(&[("hartlepool/update.txt.hbs", own), ("hartlepool/README.md", "ours")]).unwrap();
    let mut view = sample::full();
    view.kind = "update";
    assert_eq!(templates.print("hartlepool", &view).unwrap().text, "0 Our decision!\n");
    assert!(templates.print("hartlepool", &view).unwrap().version.starts_with("hartlepool-"));
    assert!(templates.print("bradford", &view).unwrap().text.starts_with("A Landlord"));
    view.kind = "closing";
    assert!(templates.print("hartlepool", &view).unwrap().text.starts_with("A Landlord"));
}

#[test]
fn a_part_can_be_replaced_for_all_letters() {
    let signature = "<p>{{sign_off}}<br>{{signed_by}}{{#if signed_for}}, for {{signed_for}}{{/if}}</p>";
    let templates = load(&[("bradford/partials/signature.html.hbs", signature)]).unwrap();
    let page = templates.print("bradford", &sample::full()).unwrap().html;
    assert!(page.contains("<p>Yours sincerely<br>A Landlord, for A Landlord</p>"), "{page}");
}

#[test]
fn what_is_printed_in_a_page_is_escaped() {
    let templates = Templates::load(None, Some(&LANDLORDS)).unwrap();
    let mut view = sample::full();
    view.addressee.name = "<img src=x onerror=alert(1)>".to_owned();
    let printed = templates.print("hartlepool", &view).unwrap();
    assert!(!printed.html.contains("<img src=x") && printed.html.contains("&lt;img src"));
    assert!(printed.text.contains("<img src=x onerror=alert(1)>"));
}

#[test]
fn syntax_that_does_not_read_is_named_with_its_line() {
    let problem = wrong(&[("hartlepool/update.txt.hbs", "Hello\n{{#each items}}\n{{heading}}\n{{/if}}\n")]);
    assert!(problem.starts_with("hartlepool/update.txt.hbs:"), "{problem}");
    assert!(problem.contains(":4: helper \"each\" was opened, but \"if\" is closing"), "{problem}");
    let problem = wrong(&[("hartlepool/update.txt.hbs", "Hello\n\n{{title\n")]);
    assert!(problem.starts_with("hartlepool/update.txt.hbs:4: invalid handlebars syntax"), "{problem}");
}

#[test]
fn every_name_that_a_letter_does_not_have_is_named_with_its_line() {
    let fields = "addressee, cites_code, date, items, kind, landlord, lang, last_words, policy, reference, rules, salutation, \
                  sign_off, signed_by, signed_for, stage, title";
    let said = |template: &str| wrong(&[("hartlepool/update.html.hbs", template)]);
    let at = |line: usize, reason: &str| format!("hartlepool/update.html.hbs:{line}: {reason}");
    for (template, line, reason) in [
        ("{{titel}}", 1, format!("there is no `titel` here; there are {fields}")),
        ("a\n{{#if titel}}x{{/if}}", 2, format!("there is no `titel` here; there are {fields}")),
        ("{{#unless a.b}}{{/unless}}", 1, format!("there is no `a.b` here; there are {fields}")),
        ("\n\n{{#each items}}\n{{#if hedding}}{{/if}}{{/each}}", 4, "there is no `hedding` here; there are citation, content, heading, item, text".to_owned()),
        ("{{#each items}}{{../titel}}{{/each}}", 1, format!("there is no `../titel` here; there are {fields}").replace("../titel", "titel")),
        ("{{#each items}}{{@root.titel}}{{/each}}", 1, format!("there is no `@root.titel` here; there are {fields}")),
        ("{{#each items as |one|}}{{one.hedding}}{{/each}}", 1, "there is no `one.hedding` here; there are citation, content, heading, item, text".to_owned()),
        ("{{#with addressee}}{{street}}{{/with}}", 1, "there is no `street` here; there are address, name, number".to_owned()),
        ("{{#if (eq knd 'update')}}{{/if}}", 1, format!("there is no `knd` here; there are {fields}")),
        ("{{#if title}}{{else}}\n{{titel}}{{/if}}", 2, format!("there is no `titel` here; there are {fields}")),
        ("{{title.length}}", 1, "there is no `title.length`: `length` is a field of nothing".to_owned()),
        ("{{#each title}}{{/each}}", 1, "`title` is no list".to_owned()),
        ("{{#with items}}{{/with}}", 1, "`items` has no parts".to_owned()),
        ("{{items}}", 1, "`items` has parts: go through them with `#each` or `#with`, or name one".to_owned()),
        ("{{@index}}", 1, "`@index` means nothing outside `#each`".to_owned()),
        ("{{../title}}", 1, "`../title` leads out of what the template can see".to_owned()),
        ("{{{title}}}", 1, "what is printed with three braces or `&` is not escaped: use two braces".to_owned()),
        ("\n<p>\n<SCRIPT>1</SCRIPT>", 3, "a page has no script".to_owned()),
        ("{{upper title}}", 1, "there is no helper `upper`; there are eq, ne, gt, gte, lt, lte, and, or, not, len".to_owned()),
        ("{{lookup items 0}}", 1, "there is no helper `lookup`; there are eq, ne, gt, gte, lt, lte, and, or, not, len".to_owned()),
        ("{{#loop items}}{{/loop}}", 1, "there is no block `#loop`; there are #if, #unless, #each, #with".to_owned()),
        ("{{> hedder}}", 1, "there is no partial `hedder`; there are item, letter, letterhead, opening, rules, signature, style, update".to_owned()),
        ("{{> (lookup items 0)}}", 1, "which partial is included must be written out".to_owned()),
        ("{{> update}}", 1, "`update` includes itself".to_owned()),
        ("{{#*inline \"a\"}}{{/inline}}", 1, "inline partials, partial blocks and decorators are not taken: use partials".to_owned()),
    ] {
        assert_eq!(said(template), at(line, &reason), "{template}");
    }
}

#[test]
fn a_wrong_name_in_a_part_is_named_where_it_stands() {
    let files = [
        ("hartlepool/update.html.hbs", "{{> nice addressee word=title}}"),
        ("hartlepool/partials/nice.html.hbs", "{{name}} {{word}}\n{{nam}}"),
    ];
    assert_eq!(
        wrong(&files),
        "hartlepool/partials/nice.html.hbs:2: there is no `nam` here; there are address, name, number"
    );
    let files = [files[0], ("hartlepool/partials/nice.html.hbs", "{{name}} {{word}}")];
    let mut view = sample::full();
    view.kind = "update";
    assert_eq!(load(&files).unwrap().print("hartlepool", &view).unwrap().html, "A Resident A letter");
}

#[test]
fn a_file_that_nothing_uses_is_a_mistake() {
    for (file, reason) in [
        ("nobody/update.txt.hbs", "nobody: there is no such landlord; there are hartlepool, bradford"),
        ("update.txt.hbs", "update.txt.hbs: it stands in no landlord's folder"),
        ("hartlepool/update.hbs", "hartlepool/update.hbs: a template's name ends in .html.hbs or .txt.hbs"),
        (
            "hartlepool/partials/update.txt.hbs",
            "hartlepool/partials/update.txt.hbs: `update` is a letter, and this is the folder of partials",
        ),
        (
            "hartlepool/partials/itm.txt.hbs",
            "hartlepool/partials/itm.txt.hbs: no letter includes it; those that are included are letter, letterhead, opening, rules, signature",
        ),
    ] {
        assert_eq!(wrong(&[(file, "")]), reason);
    }
    assert!(
        wrong(&[("hartlepool/updte.txt.hbs", "")])
            .contains("there is no letter `updte`; there are letter, confirmation")
    );
    let nowhere =
        Templates::load(Some(Path::new("/no/such/folder")), Some(&LANDLORDS)).unwrap_err().to_string();
    assert!(nowhere.starts_with("/no/such/folder: "), "{nowhere}");
}

#[test]
fn everything_wrong_is_said_at_once() {
    let problems = wrong(&[
        ("hartlepool/update.html.hbs", "{{titel}}\n{{dat}}"),
        ("bradford/survey.txt.hbs", "{{#if titel}}{{/if}}"),
        ("nobody/a.txt", ""),
    ]);
    let files: Vec<&str> = problems.lines().filter_map(|line| line.split(": ").next()).collect();
    let all = [
        "bradford/survey.txt.hbs:1",
        "hartlepool/update.html.hbs:1",
        "hartlepool/update.html.hbs:2",
        "nobody",
    ];
    assert_eq!(files, all, "{problems}");
}

fn letter() -> Letter {
    let block = Block::Paragraph { text: "We uphold <all> of it & more.".to_owned() };
    let list = Block::Numbered { items: vec!["One.".to_owned(), "Two\nlines.".to_owned()] };
    Letter {
        kind: LetterKind::Response,
        stage: None,
        sent_to: redress_shared::case::words::SentTo::EachResident,
        addressees: vec![Addressee { number: 1, resident: Some(1), name: "A".into(), address: Vec::new() }],
        landlord: "L".into(),
        policy: "P".into(),
        dated: "2025-04-01".parse().unwrap(),
        title: "T".into(),
        items: vec![LetterItem {
            item: "decision",
            heading: "Our decision".into(),
            text: "We uphold <all> of it & more.\n1. One.\n2. Two\nlines.".into(),
            content: vec![block, list],
            citation: redress_shared::case::Citation::default(),
        }],
        erased: false,
    }
}

#[test]
fn what_must_be_said_is_looked_for_in_page_and_text() {
    let wanted = [Missing { item: "decision", wanted_by: redress_shared::case::Citation::code("6.9(c)") }];
    let html = "<p>We uphold &lt;all&gt;\n of it &amp; more.</p><ol><li>One.</li><li>Two\nlines.</li></ol>";
    let text = "We uphold <all> of it & more.\n\n1. One.\n2. Two lines.";
    let printed =
        |html: &str, text: &str| Printed { html: html.into(), text: text.into(), version: "v".into() };
    assert_eq!(said::left_out(&letter(), &wanted, &printed(html, text)), []);
    for (html, text) in [
        ("<p>Hello</p>", text),
        (html, "Hello"),
        (&html.replace("<li>One.</li>", ""), text),
        (&format!("<!-- {html} -->"), text),
        (&html.replace("<p>", "<p title=\"").replace("</p>", "\"></p>"), text),
    ] {
        assert_eq!(said::left_out(&letter(), &wanted, &printed(html, text)), wanted, "{html}");
    }
    let mut blank = letter();
    blank.items[0].text.clear();
    blank.items[0].content.clear();
    assert_eq!(said::left_out(&blank, &wanted, &printed(html, text)), wanted);
}
