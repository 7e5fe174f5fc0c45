//! The landlords of the sector: how many homes each has, and how many complaints come of them.

/// How many landlords return the regulator's measures.
pub const LANDLORDS: u64 = 358;

/// Homes by rank, after the regulator's data of 2024/25: the largest landlords as they are published, the others between.
const HOMES_BY_RANK: [(u64, u64); 11] = [
    (1, 109_035),
    (2, 93_237),
    (5, 62_000),
    (10, 47_000),
    (20, 36_000),
    (40, 26_000),
    (90, 14_500),
    (180, 7_000),
    (268, 3_500),
    (330, 1_700),
    (358, 1_000),
];

/// Complaints to 1,000 homes, in tenths: the quartiles of CH01(1) of 2024/25, with the ends of what is published about them.
const COMPLAINTS_PER_THOUSAND: [u64; 5] = [150, 343, 539, 728, 1_500];

/// The same of the two largest, as published for their rented and shared-ownership homes together.
const OF_THE_LARGEST: [u64; 2] = [537, 688];

/// Answers in time of a hundred: the same of CH02(1).
const IN_TIME: [u64; 5] = [45, 72, 90, 97, 100];

/// A landlord of the sector.
#[derive(Debug, Clone)]
pub struct Member {
    /// Its id, by rank.
    pub id: String,
    /// Its number, from 1.
    pub rank: u64,
    /// Homes owned.
    pub homes: u64,
    /// Complaints in the whole of the data.
    pub complaints: u64,
    /// How many answers of a hundred it gives in time.
    pub in_time: u64,
}

/// The landlords, with so many complaints between them.
pub fn landlords(complaints: u64) -> Vec<Member> {
    let rate = |rank: u64| match rank {
        1 | 2 => OF_THE_LARGEST[usize::from(rank == 2)],
        _ => between(&COMPLAINTS_PER_THOUSAND, quantile(rank, 7)),
    };
    let weight = |rank| homes(rank) * rate(rank);
    let all: u64 = (1..=LANDLORDS).map(weight).sum();
    let member = |rank| Member {
        id: format!("landlord-{rank:03}"),
        rank,
        homes: homes(rank),
        complaints: (weight(rank) * complaints / all).max(1),
        in_time: between(&IN_TIME, quantile(rank, 11)),
    };
    (1..=LANDLORDS).map(member).collect()
}

fn homes(rank: u64) -> u64 {
    let at = HOMES_BY_RANK.windows(2).find(|pair| rank <= pair[1].0).expect("a rank of the sector");
    let ((from, most), (to, fewest)) = (at[0], at[1]);
    most - (most - fewest) * (rank - from) / (to - from)
}

/// A place in the order of the sector, in thousandths, that has nothing to do with size: each is taken about once.
fn quantile(rank: u64, step: u64) -> u64 {
    rank * step * 97 % LANDLORDS * 1_000 / LANDLORDS
}

/// The figure at a place, in thousandths, between the least, the quartiles and the most.
fn between(figures: &[u64; 5], place: u64) -> u64 {
    let quarter = usize::try_from(place / 250).expect("a quarter");
    let (low, high) = (figures[quarter], figures[quarter + 1]);
    low + (high - low) * (place % 250) / 250
}
