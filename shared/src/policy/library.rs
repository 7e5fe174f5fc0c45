//! Every version of every landlord's policy, and which of them is in force on a day.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use chrono::NaiveDate;
use include_dir::{Dir, include_dir};

use super::errors::{PolicyError, PolicyErrors};
use super::profile::Profile;
use super::vocabulary::PolicyStatus;

/// The folder of policies, with the clause registers in a folder of their own inside it.
pub(super) static POLICIES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/policies");

static EMBEDDED: LazyLock<Result<Library, PolicyErrors>> =
    LazyLock::new(|| Library::load(embedded_files(&POLICIES)));

/// The TOML files that stand in an embedded folder itself, by name.
pub(super) fn embedded_files<'a>(folder: &'a Dir<'a>) -> impl Iterator<Item = (String, String)> + 'a {
    folder.files().filter(|file| file.path().extension().is_some_and(|extension| extension == "toml")).map(
        |file| {
            let name = file.path().file_name().unwrap_or_default().to_string_lossy().into_owned();
            // Bytes that are no text are refused as TOML, with the file's name, rather than passed over.
            (name, String::from_utf8_lossy(file.contents()).into_owned())
        },
    )
}

/// All the policies that are known. A new file is a new policy or a new landlord, without any code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Library {
    /// By landlord, and by the first day of each version; of two that begin on a day, the interim one last.
    versions: BTreeMap<String, Vec<Profile>>,
}

/// Why there is no policy to go by.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoPolicy {
    /// No file names this landlord.
    #[error("no policy of a landlord `{landlord}` is known: the landlords are {}", known.join(", "))]
    UnknownLandlord {
        /// The landlord asked for.
        landlord: String,
        /// The landlords there are.
        known: Vec<String>,
    },
    /// No version covers the day.
    #[error(
        "no version of the policy of `{landlord}` covers {received_on}: {}",
        versions.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    )]
    NotCovered {
        /// The landlord asked for.
        landlord: String,
        /// The day asked for.
        received_on: NaiveDate,
        /// The versions that there are, oldest first.
        versions: Vec<Covered>,
    },
    /// No version has this id.
    #[error("there is no policy `{id}`: the policies are {}", known.join(", "))]
    UnknownPolicy {
        /// The id asked for.
        id: String,
        /// The ids there are.
        known: Vec<String>,
    },
}

/// The days that a version covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covered {
    /// The version's id.
    pub policy: String,
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day: the one it names, or the day before the version that replaces it, whichever comes first.
    pub to: Option<NaiveDate>,
}

impl Covered {
    fn covers(&self, date: NaiveDate) -> bool {
        self.from <= date && self.to.is_none_or(|last| date <= last)
    }
}

/// `hartlepool-2024 from 2024-04-01 to 2025-03-31`.
impl fmt::Display for Covered {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} from {}", self.policy, self.from)?;
        self.to.iter().try_for_each(|to| write!(out, " to {to}"))
    }
}

impl Library {
    /// The policies built into the program.
    ///
    /// # Errors
    /// A built-in file is damaged, which the tests rule out; an error and not a panic all the same.
    pub fn embedded() -> Result<&'static Library, &'static PolicyErrors> {
        EMBEDDED.as_ref()
    }

    /// The policies built into the program together with others, each with the name of its file.
    ///
    /// # Errors
    /// As for [`Library::load`].
    pub fn embedded_and(files: impl IntoIterator<Item = (String, String)>) -> Result<Library, PolicyErrors> {
        Library::load(embedded_files(&POLICIES).chain(files))
    }

    /// Reads policies, each with the name of its file.
    ///
    /// # Errors
    /// Everything wrong with any of them at once; an id that two files share; a file that is not named after its policy; and
    /// versions of one landlord's policy that overlap in time.
    pub fn load<Name, Text>(files: impl IntoIterator<Item = (Name, Text)>) -> Result<Library, PolicyErrors>
    where
        Name: AsRef<str>,
        Text: AsRef<str>,
    {
        let mut errors = Vec::new();
        let mut versions: BTreeMap<String, Vec<Profile>> = BTreeMap::new();
        for (file, text) in files {
            match Profile::from_toml(file.as_ref(), text.as_ref()) {
                Ok(profile) => {
                    errors.extend(misnamed(file.as_ref(), &profile));
                    versions.entry(profile.landlord.id.clone()).or_default().push(profile);
                }
                Err(found) => errors.extend(found.0),
            }
        }
        for versions in versions.values_mut() {
            versions.sort_by_key(|profile| (profile.policy.effective_from.value, is_interim(profile)));
            errors.extend(overlaps(versions));
        }
        errors.extend(shared_ids(versions.values().flatten()));
        PolicyErrors::unless_none(errors, Library { versions })
    }

    /// The policy that a complaint received on a day in London falls under: of the versions that cover the day, the one that
    /// began last. An interim version goes before the one that it interrupts; a version that names no last day ends when the
    /// next begins, and does not come back when that one ends.
    ///
    /// # Errors
    /// There is no such landlord, or none of its versions covers the day; the error says which there are, and what they cover.
    pub fn in_force(&self, landlord: &str, received_on: NaiveDate) -> Result<&Profile, NoPolicy> {
        let versions = self.versions.get(landlord).ok_or_else(|| NoPolicy::UnknownLandlord {
            landlord: landlord.to_owned(),
            known: self.landlords().map(str::to_owned).collect(),
        })?;
        let covered = covered(versions);
        let in_force = versions.iter().zip(&covered).rev().find(|(_, days)| days.covers(received_on));
        in_force.map(|(profile, _)| profile).ok_or_else(|| NoPolicy::NotCovered {
            landlord: landlord.to_owned(),
            received_on,
            versions: covered,
        })
    }

    /// The ids of the landlords, in order.
    pub fn landlords(&self) -> impl Iterator<Item = &str> {
        self.versions.keys().map(String::as_str)
    }

    /// The versions of one landlord's policy, oldest first; none of a landlord that is not known.
    pub fn versions(&self, landlord: &str) -> &[Profile] {
        self.versions.get(landlord).map(Vec::as_slice).unwrap_or_default()
    }

    /// The days that each version of one landlord's policy covers, oldest first.
    pub fn coverage(&self, landlord: &str) -> Vec<Covered> {
        covered(self.versions(landlord))
    }

    /// Every version of every landlord, by landlord and first day.
    pub fn all(&self) -> impl Iterator<Item = &Profile> {
        self.versions.values().flatten()
    }

    /// The version with this id.
    ///
    /// # Errors
    /// There is none; the error names those there are.
    pub fn by_id(&self, policy_id: &str) -> Result<&Profile, NoPolicy> {
        self.all().find(|profile| profile.policy.id == policy_id).ok_or_else(|| NoPolicy::UnknownPolicy {
            id: policy_id.to_owned(),
            known: self.all().map(|profile| profile.policy.id.clone()).collect(),
        })
    }
}

fn is_interim(profile: &Profile) -> bool {
    profile.policy.status == PolicyStatus::Interim
}

/// The days that each version covers. An interim version replaces nothing: the one that it interrupts goes on after it.
fn covered(versions: &[Profile]) -> Vec<Covered> {
    let days = |(place, profile): (usize, &Profile)| {
        let named = profile.policy.effective_to.as_ref().map(|to| to.value);
        let next = versions.iter().skip(place + 1).find(|later| !is_interim(later) && !is_interim(profile));
        let replaced = next.and_then(|next| next.policy.effective_from.value.pred_opt());
        Covered {
            policy: profile.policy.id.clone(),
            from: profile.policy.effective_from.value,
            to: named.into_iter().chain(replaced).min(),
        }
    };
    versions.iter().enumerate().map(days).collect()
}

fn misnamed(file: &str, profile: &Profile) -> Option<PolicyError> {
    let wanted = format!("{}.toml", profile.policy.id);
    (file != wanted).then(|| error(file, "policy.id", format!("its file should be named {wanted}")))
}

fn shared_ids<'a>(profiles: impl Iterator<Item = &'a Profile>) -> Vec<PolicyError> {
    let mut holders: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for profile in profiles {
        holders.entry(&profile.policy.id).or_default().push(&profile.landlord.id);
    }
    let shared = holders.into_iter().filter(|(_, landlords)| landlords.len() > 1);
    shared
        .map(|(id, landlords)| {
            let problem =
                format!("{} policies have the id {id} (of {})", landlords.len(), landlords.join(", "));
            error(&format!("{id}.toml"), "policy.id", problem)
        })
        .collect()
}

/// Versions of one landlord, in order, of which two would be in force on the same day.
fn overlaps(versions: &[Profile]) -> Vec<PolicyError> {
    let mut errors = Vec::new();
    for (place, earlier) in versions.iter().enumerate() {
        if is_interim(earlier) && earlier.policy.effective_to.is_none() {
            errors.push(of(
                earlier,
                "policy.effective_to",
                "it is missing: an interim version has a last day".to_owned(),
            ));
        }
        errors.extend(versions.iter().skip(place + 1).filter_map(|later| overlap(earlier, later)));
    }
    errors
}

/// A version that names no last day ends when the next begins, and an interim one interrupts: neither is an overlap.
fn overlap(earlier: &Profile, later: &Profile) -> Option<PolicyError> {
    let begins = later.policy.effective_from.value;
    let ends = earlier.policy.effective_to.as_ref().map(|to| to.value);
    let both_at_once = match (is_interim(earlier), is_interim(later)) {
        (false, false) => {
            earlier.policy.effective_from.value == begins || ends.is_some_and(|ends| begins <= ends)
        }
        // It must lie within the version that it interrupts, or come after it.
        (false, true) => ends.is_some_and(|ends| {
            begins <= ends && later.policy.effective_to.as_ref().is_some_and(|last| ends < last.value)
        }),
        (true, _) => ends.is_some_and(|ends| begins <= ends),
    };
    both_at_once.then(|| {
        let problem = format!("it overlaps with {} in time", earlier.policy.id);
        of(later, "policy.effective_from", problem)
    })
}

fn of(profile: &Profile, key: &str, problem: String) -> PolicyError {
    error(&format!("{}.toml", profile.policy.id), key, problem)
}

fn error(file: &str, key: &str, problem: String) -> PolicyError {
    PolicyError { file: file.to_owned(), line: None, key: key.to_owned(), problem, allowed: None }
}
