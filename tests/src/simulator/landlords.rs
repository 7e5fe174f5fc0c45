//! The five landlords as the demo plays them. Only the names and the policies are real: homes, areas, contractors and every
//! case are made up.

/// A landlord of the demo.
#[derive(Debug)]
pub struct Landlord {
    /// Its id, as the service has it.
    pub id: &'static str,
    /// The letters that its CRM's references begin with.
    pub prefix: &'static str,
    /// The policy that its year is played under.
    pub policy: &'static str,
    /// Homes at low cost rent and in low cost ownership, at the end of each reporting year, by the year it starts in.
    pub homes: [(i32, u32, u32); 3],
    /// How likely each type of home is: low cost rent, low cost ownership, leasehold, other.
    pub stock_weights: [(u64, &'static str); 4],
    /// Its areas.
    pub areas: [&'static str; 4],
    /// Its contractors.
    pub contractors: [&'static str; 2],
    /// Of a thousand answers at each stage, how many are late.
    pub late_answers: u64,
    /// Of a thousand points decided, how many are upheld at least in part.
    pub upheld: u64,
    /// Of a thousand answers at stage 1, how many are taken further.
    pub escalated: u64,
}

const AREAS: [&str; 4] = ["North", "East", "South", "West"];

/// The landlords, in the order in which they are shown.
pub const LANDLORDS: [Landlord; 5] = [
    Landlord {
        id: "hartlepool",
        prefix: "HBC",
        policy: "hartlepool-2024",
        homes: [(2023, 4_774, 91), (2024, 4_810, 96), (2025, 4_865, 102)],
        stock_weights: [(880, "lcra"), (20, "lcho"), (70, "leasehold"), (30, "other")],
        areas: AREAS,
        contractors: ["Repairs Contractor A", "Heating Contractor B"],
        late_answers: 90,
        upheld: 620,
        escalated: 150,
    },
    Landlord {
        id: "bradford",
        prefix: "BMDC",
        policy: "bradford-draft",
        homes: [(2023, 5_063, 122), (2024, 5_120, 130), (2025, 5_204, 141)],
        stock_weights: [(860, "lcra"), (30, "lcho"), (80, "leasehold"), (30, "other")],
        areas: AREAS,
        contractors: ["Managing Agent A", "Repairs Contractor B"],
        late_answers: 210,
        upheld: 560,
        escalated: 170,
    },
    Landlord {
        id: "portsmouth",
        prefix: "PCC",
        policy: "portsmouth-2024",
        homes: [(2023, 6_951, 301), (2024, 6_930, 310), (2025, 6_902, 322)],
        stock_weights: [(800, "lcra"), (40, "lcho"), (130, "leasehold"), (30, "other")],
        areas: ["North", "Central", "South", "Out of city"],
        contractors: ["Repairs Contractor A", "Lift Contractor B"],
        late_answers: 130,
        upheld: 590,
        escalated: 200,
    },
    Landlord {
        id: "housing-solutions",
        prefix: "HS",
        policy: "housing-solutions-2024",
        homes: [(2023, 5_402, 1_150), (2024, 5_480, 1_204), (2025, 5_537, 1_262)],
        stock_weights: [(740, "lcra"), (150, "lcho"), (80, "leasehold"), (30, "other")],
        areas: AREAS,
        contractors: ["Repairs Contractor A", "Grounds Contractor B"],
        late_answers: 60,
        upheld: 640,
        escalated: 130,
    },
    Landlord {
        id: "cheshire-west",
        prefix: "CWC",
        policy: "cheshire-west-2023",
        homes: [(2023, 5_325, 57), (2024, 5_310, 58), (2025, 5_296, 58)],
        stock_weights: [(910, "lcra"), (10, "lcho"), (50, "leasehold"), (30, "other")],
        areas: AREAS,
        contractors: ["Repairs Contractor A", "Roofing Contractor B"],
        late_answers: 160,
        upheld: 600,
        escalated: 160,
    },
];
