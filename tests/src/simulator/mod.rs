//! A year of five landlords' cases, made up from a seed and given to the service through its API, as their CRMs would.
//!
//! Each case is a story with a chance of its own. It asks the service what is due and reads the policy for what it may ask
//! for; what lies after the simulated time has not happened yet.

mod after;
mod contact;
mod escalation;
mod intake;
mod landlords;
mod meanwhile;
mod office;
mod ombudsman;
mod policy;
mod random;
mod session;
mod stage;
mod tally;
mod words;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;

pub use landlords::{LANDLORDS, Landlord};
pub use tally::Tally;

use crate::client::Client;
use office::Office;
use policy::Policy;
use random::Random;
use session::{Halt, Session};

/// How much is played.
#[derive(Debug, Clone)]
pub struct Plan {
    /// What chance begins from.
    pub seed: u64,
    /// Contacts of each landlord in each reporting year, by the year it starts in.
    pub contacts: Vec<(i32, u64)>,
    /// The last day of the simulated time.
    pub until: NaiveDate,
}

/// What the cases of a landlord have in common.
pub struct World {
    client: Client,
    landlord: &'static Landlord,
    policy: Policy,
    office: Office,
    horizon: DateTime<Utc>,
}

/// Plays a landlord's years against the service at an address, calling `each` after every contact.
///
/// # Errors
/// When the service cannot be reached, or refuses what nobody meant it to refuse; the problem is in the error.
pub fn play(
    base: &str,
    landlord: &'static Landlord,
    plan: &Plan,
    each: &(dyn Fn() + Sync),
) -> anyhow::Result<Tally> {
    let client = Client::new(base, landlord.id)?;
    let policy = Policy::read(&client, landlord.policy)?;
    let horizon = office::at(plan.until, 23 * 60)?;
    let world = World { client, landlord, policy, office: Office::open()?, horizon };
    let mut tally = Tally::default();
    let first = plan.contacts.iter().map(|(year, _)| *year).min();
    for (year, lcra, lcho) in landlord.homes.into_iter().filter(|(year, ..)| Some(*year) >= first) {
        world.client.put(&format!("stock/{year}"), &json!({ "lcra": lcra, "lcho": lcho }))?;
    }
    for &(year, contacts) in &plan.contacts {
        for (number, day) in (1..).zip(arrivals(&world, plan.seed, year, contacts)?) {
            tally.add(&contact(&world, plan.seed, (year, number, day))?);
            each();
        }
    }
    Ok(tally)
}

/// The days on which contacts come in, in order, so that references run as a CRM's would.
fn arrivals(world: &World, seed: u64, year: i32, contacts: u64) -> anyhow::Result<Vec<NaiveDate>> {
    let mut random = Random::of_case(seed, world.landlord.id, year, 0);
    let first =
        NaiveDate::from_ymd_opt(year, 4, 1).ok_or_else(|| anyhow::anyhow!("no such year as {year}"))?;
    let last = office::after(first, 364)?;
    let mut days = Vec::new();
    for _ in 0..contacts {
        let day = office::after(first, random.between(0, 364))?;
        // Most contacts come on a working day; the last days of March must not slip into the next year.
        let working = world.office.on_or_after(day)?;
        days.push(if working <= last && random.chance(900) { working } else { day });
    }
    days.sort_unstable();
    Ok(days)
}

/// One contact and the complaints that come out of it.
fn contact(world: &World, seed: u64, (year, number, day): (i32, u64, NaiveDate)) -> anyhow::Result<Tally> {
    let mut random = Random::of_case(seed, world.landlord.id, year, number);
    let now = office::at(day, random.between(500, 1060))?;
    let reference = format!("{}-{year}-{number:04}", world.landlord.prefix);
    let mut session = Session::new(world, random, now);
    let told = intake::arrives(&mut session, &reference);
    let (mut tally, mut spawned) = ended(&mut session, told)?;
    let mut random = session.random;
    while let Some((id, at)) = spawned.pop() {
        let mut session = Session::new(world, random, at);
        let told = session.turn_to(&id).and_then(|()| intake::spawned(&mut session));
        let (more, others) = ended(&mut session, told)?;
        tally.add(&more);
        spawned.extend(others);
        random = session.random;
    }
    tally.contacts += 1;
    Ok(tally)
}

type Ended = (Tally, Vec<(String, DateTime<Utc>)>);

/// Does what was planned, and says what was done in all.
fn ended(session: &mut Session<'_>, told: session::Told) -> anyhow::Result<Ended> {
    let story = match told {
        Ok(()) | Err(Halt::StillOpen) => session.finish(),
        failed => failed,
    };
    match story {
        Ok(()) | Err(Halt::StillOpen) => {
            Ok((std::mem::take(&mut session.tally), std::mem::take(&mut session.spawned)))
        }
        Err(Halt::Failed(error)) => Err(error),
    }
}
