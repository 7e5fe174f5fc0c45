//! How a landlord's reports look: its colours and logo by its policy's profile, and its own templates over the program's.

mod sample;
mod sources;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, LazyLock};

use chrono::NaiveDate;
use handlebars::Handlebars;
use redress_shared::policy::profile::Letterhead;
use redress_shared::policy::{Library, Profile};
use redress_stationery::{Check, Parsed, TemplateProblem, TemplateProblems, compile, logo, tried};
use serde::Serialize;

use crate::error::{Error, Result};
use crate::source::Landlord;
use crate::trust::sha256;
use sources::{DOCUMENTS, PAGES, Sources, built_in, overrides};

/// Templates that go together, read once.
#[derive(Debug, Clone, Default)]
pub struct Templates(Option<Arc<Own>>);

/// A landlord's own templates over the program's.
#[derive(Debug)]
struct Own {
    handlebars: Handlebars<'static>,
    sha256: String,
}

/// What a page has of the landlord's own besides words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Brand {
    /// The logo as a data address.
    pub logo: Option<String>,
    /// The colour of headings, links, rules and charts; empty where it is the program's own.
    pub colour: String,
    /// The colour behind the headings of tables; empty with the other.
    pub tint: String,
}

/// How one landlord's reports look.
#[derive(Debug, Clone, Default)]
pub struct Look {
    /// The templates; the program's own by default.
    pub templates: Templates,
    /// Colours and logo.
    pub brand: Brand,
}

/// How every landlord's reports look.
#[derive(Debug, Default)]
pub struct Looks {
    /// By the landlord's id.
    templates: BTreeMap<String, Templates>,
    /// By the id of the policy that names them.
    logos: BTreeMap<String, String>,
}

impl Looks {
    /// Reads the templates of a folder that has one for each landlord, and the logos that stand beside the profiles.
    ///
    /// # Errors
    /// Everything that is wrong with any of them, a line each, with file and line.
    pub fn load(library: &Library, templates: Option<&Path>, policies: Option<&Path>) -> Result<Self> {
        let given = |error: &dyn std::fmt::Display| Error::Given(error.to_string());
        let landlords: Vec<&str> = library.landlords().collect();
        let templates = match templates {
            Some(folder) => load(folder, &landlords).map_err(|error| given(&error))?,
            None => BTreeMap::new(),
        };
        let logos = logo::load(library, policies).map_err(|error| given(&error))?;
        Ok(Self { templates, logos })
    }

    /// How the reports of a day look: as letters do, by the policy in force that day; by the present one where no version is known of it.
    #[must_use]
    pub fn on(&self, day: NaiveDate, landlord: &Landlord, library: &Library) -> Look {
        let present = library.by_id(&landlord.policy_id).ok();
        let then = present.and_then(|profile| library.in_force(&profile.landlord.id, day).ok());
        self.of(&landlord.landlord_id, then.or(present))
    }

    /// How the reports of a landlord look, by the policy that they go by.
    #[must_use]
    pub fn of(&self, landlord_id: &str, profile: Option<&Profile>) -> Look {
        let letterhead = profile.and_then(|profile| profile.letterhead.as_ref());
        let colours = letterhead.and_then(|head: &Letterhead| head.colours.as_ref());
        let brand = Brand {
            logo: profile.and_then(|profile| self.logos.get(&profile.policy.id).cloned()),
            colour: colours.map(|colours| colours.main.clone()).unwrap_or_default(),
            tint: colours.map(|colours| colours.tint().to_owned()).unwrap_or_default(),
        };
        Look { templates: self.templates.get(landlord_id).cloned().unwrap_or_default(), brand }
    }
}

static BUILT_IN: LazyLock<std::result::Result<Handlebars<'static>, String>> = LazyLock::new(|| {
    let mut problems = BTreeSet::new();
    let (handlebars, _) = registry(&built_in(), &mut problems);
    if problems.is_empty() {
        Ok(handlebars)
    } else {
        Err(TemplateProblems(problems.into_iter().collect()).to_string())
    }
});

/// The digest of all templates together.
fn digest(sources: &Sources) -> String {
    let mut whole = Vec::new();
    for (name, source) in sources {
        for part in [name, &source.text] {
            whole.extend_from_slice(part.as_bytes());
            whole.push(0);
        }
    }
    sha256(&whole)
}

impl Templates {
    /// The digest of these templates, by which a report can tell whether it would be drawn with the same.
    #[must_use]
    pub fn sha256(&self) -> String {
        self.0.as_ref().map_or_else(|| digest(&built_in()), |own| own.sha256.clone())
    }

    /// The page of a document, by the name of its template.
    ///
    /// # Errors
    /// When a template names something that the document does not have.
    pub fn render(&self, template: &str, document: &impl Serialize) -> Result<String> {
        let broken = |error: &dyn std::fmt::Display| Error::Template(error.to_string());
        let handlebars = match &self.0 {
            Some(own) => &own.handlebars,
            None => BUILT_IN.as_ref().map_err(|error| broken(error))?,
        };
        handlebars.render(template, document).map_err(|error| broken(&error))
    }
}

/// The templates of every landlord that has some of its own, held against what there is to print.
fn load(
    folder: &Path,
    landlords: &[&str],
) -> std::result::Result<BTreeMap<String, Templates>, TemplateProblems> {
    let mut problems = BTreeSet::new();
    let mut all = BTreeMap::new();
    let base = built_in();
    for (landlord, own) in overrides(folder, landlords, &mut problems) {
        let sources = base.clone().into_iter().chain(own).collect();
        let handlebars = checked(&sources, &mut problems);
        all.insert(landlord, Templates(Some(Arc::new(Own { handlebars, sha256: digest(&sources) }))));
    }
    if problems.is_empty() { Ok(all) } else { Err(TemplateProblems(problems.into_iter().collect())) }
}

fn registry(
    sources: &Sources,
    problems: &mut BTreeSet<TemplateProblem>,
) -> (Handlebars<'static>, BTreeMap<String, Parsed>) {
    let mut handlebars = Handlebars::new();
    handlebars.set_strict_mode(true);
    let mut parsed = BTreeMap::new();
    for (name, source) in sources {
        match compile(name, &source.file, &source.text) {
            Ok(read) => {
                handlebars.register_template(name, read.template.clone());
                parsed.insert(name.clone(), read);
            }
            Err(problem) => {
                problems.insert(problem);
            }
        }
    }
    (handlebars, parsed)
}

/// The templates, with everything that is wrong with them: names that mean nothing, what no document includes, and what fails when it is
/// tried on a document with everything in it and on one with hardly anything.
fn checked(sources: &Sources, problems: &mut BTreeSet<TemplateProblem>) -> Handlebars<'static> {
    let mut found = BTreeSet::new();
    let (handlebars, parsed) = registry(sources, &mut found);
    // What could not be read has been named; whatever includes it would be named for nothing.
    if found.is_empty() {
        let mut check = Check::new(&parsed, true);
        let mut samples = Vec::new();
        for name in DOCUMENTS {
            match sample::of(name) {
                Ok(sample) => {
                    check.look(name, &sample.full);
                    samples.push((name, sample));
                }
                Err(error) => {
                    let file = sources.get(name).map(|source| source.file.clone()).unwrap_or_default();
                    found.insert(TemplateProblem { file, line: None, reason: error.to_string() });
                }
            }
        }
        let reached = check.reached;
        found.extend(check.problems);
        found.extend(idle(sources, &reached));
        if found.is_empty() {
            for (name, sample) in &samples {
                found.extend(tried(&handlebars, &parsed, name, &sample.full));
                found.extend(tried(&handlebars, &parsed, name, &sample.bare));
            }
        }
    }
    problems.extend(found);
    handlebars
}

/// A landlord's partials that no document includes.
fn idle(sources: &Sources, reached: &BTreeSet<&str>) -> Vec<TemplateProblem> {
    let idle = sources.iter().filter(|(name, source)| {
        source.own && !reached.contains(name.as_str()) && !PAGES.contains(&name.as_str())
    });
    idle.map(|(_, source)| TemplateProblem {
        file: source.file.clone(),
        line: None,
        reason: "no report includes it".to_owned(),
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with one landlord's files.
    fn own(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join("hartlepool").join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        folder
    }

    fn problems(files: &[(&str, &str)]) -> Vec<String> {
        let folder = own(files);
        let Err(problems) = load(folder.path(), &["hartlepool"]) else { return Vec::new() };
        let prefix = format!("{}/hartlepool/", folder.path().display());
        problems.0.iter().map(|problem| problem.to_string().replace(&prefix, "")).collect()
    }

    #[test]
    fn every_name_in_the_programs_templates_is_in_what_they_are_given() {
        let mut problems = BTreeSet::new();
        checked(&built_in(), &mut problems);
        assert!(problems.is_empty(), "{}", TemplateProblems(problems.into_iter().collect()));
    }

    #[test]
    fn a_template_of_a_landlords_own_is_taken_with_the_programs_partials() {
        let folder =
            own(&[("tsm.hbs", "<p>{{landlord}}: {{> ours}}</p>"), ("partials/ours.hbs", "{{title}}")]);
        let templates = load(folder.path(), &["hartlepool"]).unwrap();
        let bare = sample::of("tsm").unwrap().bare;
        let page = templates["hartlepool"].render("tsm", &bare).unwrap();
        assert_eq!(page, "<p>A landlord: Tenant Satisfaction Measures on complaints</p>");
        assert!(problems(&[("annual.hbs", "{{> head}}{{> foot}}")]).is_empty());
    }

    #[test]
    fn a_broken_template_is_refused_with_its_file_and_line() {
        for (name, text, told) in [
            (
                "annual.hbs",
                "<p>\n{{#if anual}}x{{/if}}",
                "annual.hbs:2: there is no `anual` here; there are annual, ",
            ),
            (
                "committee.hbs",
                "{{#each cards}}\n\n{{labl}}{{/each}}",
                "committee.hbs:3: there is no `labl` here; there are ",
            ),
            ("tsm.hbs", "{{tables.return.rows}}", "tsm.hbs:1: `tables.return.rows` has parts"),
            ("tsm.hbs", "{{> tabel tables.return}}", "tsm.hbs:1: there is no partial `tabel`; there are "),
            ("tsm.hbs", "{{#if title}}", "tsm.hbs:1: "),
            ("tsm.hbs", "\n<script>1</script>", "tsm.hbs:2: a page has no script"),
            ("tsm.hbs", "{{{title}}}", "tsm.hbs:1: what is printed with three braces"),
            ("partials/table.hbs", "{{captoin}}", "partials/table.hbs:1: there is no `captoin` here"),
            ("partials/idle.hbs", "x", "partials/idle.hbs: no report includes it"),
            ("quarterly.hbs", "x", "quarterly.hbs: there is no report `quarterly`; there are annual, "),
        ] {
            let problems = problems(&[(name, text)]);
            assert!(problems.first().is_some_and(|first| first.starts_with(told)), "{name}: {problems:?}");
        }
        let folder = own(&[]);
        std::fs::create_dir_all(folder.path().join("nobody")).unwrap();
        let error = load(folder.path(), &["hartlepool"]).unwrap_err().to_string();
        assert!(error.contains("nobody: there is no such landlord; there are hartlepool"), "{error}");
    }
}
