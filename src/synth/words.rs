//! Words from which companies, people and places are put together.

#[rustfmt::skip]
pub(super) const GIVEN: &[&str] = &[
    "Ada", "Alba", "Amos", "Anselm", "Arlo", "Astrid", "Basil", "Beatrix", "Bertram", "Blythe", "Cedric",
    "Celia", "Clement", "Cora", "Cyrus", "Dagmar", "Delia", "Desmond", "Doreen", "Edith", "Edmund", "Elias",
    "Elspeth", "Ennis", "Esther", "Ezra", "Fenwick", "Fidelia", "Flora", "Gideon", "Greta", "Gwendolyn",
    "Hamish", "Harriet", "Horace", "Ida", "Ignatius", "Imogen", "Iris", "Isidor", "Jasper", "Jocelyn",
    "Josiah", "Judith", "Juno", "Kermit", "Lavinia", "Leopold", "Linus", "Lorna", "Lucius", "Mabel",
    "Magnus", "Marcella", "Maude", "Mortimer", "Nadia", "Nestor", "Octavia", "Odette", "Orson", "Oswald",
    "Paloma", "Percival", "Petra", "Phineas", "Quentin", "Ramona", "Rufus", "Sabina", "Silas", "Sybil",
    "Thaddeus", "Theodora", "Tobias", "Ursula", "Vernon", "Viola", "Waldo", "Wilhelmina", "Xavier",
    "Yolanda", "Zelda", "Zoltan",
];

#[rustfmt::skip]
pub(super) const FAMILY: &[&str] = &[
    "Abernolt", "Ashgrove", "Balthorne", "Barrowmere", "Bexwick", "Birkland", "Blakemoor", "Brandewyk",
    "Briarton", "Caldermont", "Carrowby", "Chadwell", "Coldstone", "Corvane", "Cresswick", "Dalrympe",
    "Darnholt", "Deverall", "Dorrington", "Drakemoor", "Dunmarsh", "Eastmoor", "Ellerbeck", "Elmsworth",
    "Fairhollow", "Farnsby", "Fennimoor", "Foxgrave", "Garrowby", "Glenholme", "Goldthorpe", "Greyfell",
    "Grimsdale", "Halloway", "Harkness-Vale", "Hartmoor", "Hawksley", "Heatherwick", "Holmbrook",
    "Iddlesworth", "Ironbridge", "Jesperdal", "Kellermane", "Kestrelby", "Kirkhollow", "Lambswick",
    "Langmere", "Larkholm", "Lindqvale", "Loxdale", "Marchbank", "Marlowe-Finch", "Mellowby", "Merrivale",
    "Millgrave", "Moorcastle", "Nettlefold", "Nightingarth", "Northolt", "Oakhanger", "O'Dallon", "Ormsgill",
    "Osterlund", "Pellworth", "Penhallow", "Pickersby", "Quillmore", "Radmoor", "Ravensworth", "Redfearn",
    "Rookhope", "Saltmarsh", "Sandholt", "Selwick", "Silverdale", "Stanmoor", "Stonebeck", "Summerlee",
    "Swandale", "Tarnbrook", "Thistleby", "Thornquist", "Underhay", "Vanterpole", "Vexmoor", "Wainfleet",
    "Walderne", "Westerby", "Whitlock-Roe", "Wolverton", "Wrenfield", "Yarrowdale", "Zellwick",
];

#[rustfmt::skip]
pub(super) const FIRM: &[&str] = &[
    "Aldernet", "Amberline", "Apexor", "Arborwell", "Astrovane", "Bellmarch", "Bluecairn", "Borealis Peak",
    "Brightquarry", "Calderix", "Cascadon", "Cedarpoint", "Cobaltra", "Copperfield Mills", "Corvanta",
    "Crestmere", "Delphinor", "Driftwood", "Duskwater", "Elderwood", "Emberstone", "Everhollow", "Fairlight",
    "Fernbank", "Flintlock", "Foxglove", "Gablewood", "Glasswing", "Granite Fork", "Halcyra", "Harborlight",
    "Hexagrove", "Highmoor", "Indigo Ridge", "Ironleaf", "Juniperon", "Kestrion", "Kingfisher", "Lanternway",
    "Larkspur", "Longmeadow", "Lumenforge", "Maplecrest", "Meridale", "Millrace", "Moonhaven", "Mossbridge",
    "Nimbara", "Northstrand", "Oakline", "Obsidia", "Orchardia", "Palisadon", "Pinnacle Brook", "Quartzline",
    "Quillon", "Ravenmark", "Redstart", "Rivermont", "Saffronix", "Sagebrook", "Seabright", "Silverfen",
    "Skylark", "Solvantis", "Springhill", "Starling", "Stonegate", "Summitra", "Tamarix", "Thornbury",
    "Tidewell", "Trillion Oaks", "Umberlane", "Valorant Creek", "Verdantis", "Vireo", "Westmarch",
    "Whitewater Bay", "Willowgate", "Windrose", "Yellowpine", "Zephyrane",
];

#[rustfmt::skip]
pub(super) const TRADE: &[&str] = &[
    "Therapeutics", "Bancorp", "Energy", "Networks", "Software", "Semiconductor", "Pharmaceuticals",
    "Industries", "Realty Trust", "Financial", "Medical", "Holdings", "Resources", "Logistics", "Foods",
    "Brands", "Systems", "Technologies", "Biosciences", "Materials", "Insurance Group", "Media",
    "Entertainment", "Motors", "Aerospace", "Utilities", "Capital", "Water", "Robotics", "& Sons",
];

#[rustfmt::skip]
pub(super) const FIRM_END: &[&str] = &[
    "Inc", "Inc.", "Corp", "Corporation", ", Inc.", "Co", "Ltd", "plc", "/DE/", "Group, Inc.", "LP", "N.V.",
];

/// Name and code, as the header prints them together.
#[rustfmt::skip]
pub(super) const INDUSTRY: &[(&str, &str)] = &[
    ("PHARMACEUTICAL PREPARATIONS", "2834"), ("BIOLOGICAL PRODUCTS, (NO DIAGNOSTIC SUBSTANCES)", "2836"),
    ("STATE COMMERCIAL BANKS", "6022"), ("NATIONAL COMMERCIAL BANKS", "6021"),
    ("SERVICES-PREPACKAGED SOFTWARE", "7372"), ("SEMICONDUCTORS & RELATED DEVICES", "3674"),
    ("REAL ESTATE INVESTMENT TRUSTS", "6798"), ("CRUDE PETROLEUM & NATURAL GAS", "1311"),
    ("SURGICAL & MEDICAL INSTRUMENTS & APPARATUS", "3841"), ("COMPUTER COMMUNICATIONS EQUIPMENT", "3576"),
    ("ELECTRIC SERVICES", "4911"), ("FIRE, MARINE & CASUALTY INSURANCE", "6331"),
    ("RETAIL-EATING PLACES", "5812"), ("AIRCRAFT & PARTS", "3720"), ("TRUCKING (NO LOCAL)", "4213"),
    ("BLANK CHECKS", "6770"),
];

#[rustfmt::skip]
pub(super) const ORGANIZATION: &[&str] = &[
    "01 Energy & Transportation", "02 Finance", "03 Life Sciences", "04 Manufacturing",
    "05 Real Estate & Construction", "06 Technology", "07 Trade & Services",
    "08 Industrial Applications and Services",
];

/// City, state and the first digits of the zip code.
#[rustfmt::skip]
pub(super) const PLACE: &[(&str, &str, &str)] = &[
    ("MENLO FALLS", "CA", "940"), ("SAN ALDERO", "CA", "921"), ("PALMIRA", "CA", "943"),
    ("NEW CASTLETON", "NY", "100"), ("WHITE RIDGE", "NY", "106"), ("BRADFORD MILLS", "MA", "021"),
    ("LEXWICK", "MA", "024"), ("HALVERTON", "TX", "770"), ("DALWORTH", "TX", "752"),
    ("PORT ELLERY", "WA", "981"), ("REDHAVEN", "WA", "980"), ("LAKE ORMOND", "IL", "606"),
    ("OAK HOLLOW", "IL", "601"), ("KING OF PEACE", "PA", "194"), ("WEST FENNBURY", "CT", "068"),
    ("ATHERSTOWN", "GA", "303"), ("CLEARBROOK", "CO", "802"), ("MINNEHAVEN", "MN", "554"),
    ("FORT ALDEN", "FL", "333"), ("CORAL POINT", "FL", "331"), ("NEW HOLLIS", "NJ", "085"),
    ("DURHAMTON", "NC", "277"), ("SALT FORK CITY", "UT", "841"), ("PHOENICIA", "AZ", "850"),
];

/// Cities abroad with EDGAR's code and the country's name.
#[rustfmt::skip]
pub(super) const PLACE_ABROAD: &[(&str, &str, &str)] = &[
    ("HAMBLETON", "D0", "BERMUDA"), ("LONDINGHAM", "X0", "UNITED KINGDOM"),
    ("GEORGE VALE", "E9", "CAYMAN ISLANDS"), ("TORVANTO", "A6", "ONTARIO, CANADA"),
    ("TEL MARAV", "L3", "ISRAEL"), ("ZUGERN", "V8", "SWITZERLAND"), ("DUBLINA", "L2", "IRELAND"),
    ("SHENGHAO", "F4", "CHINA"),
];

#[rustfmt::skip]
pub(super) const STREET: &[&str] = &[
    "MAIN STREET", "INNOVATION WAY", "MARKET STREET", "HARBOR BOULEVARD", "PARK AVENUE", "COMMERCE DRIVE",
    "RIVER ROAD", "CORPORATE CENTER DRIVE", "FIRST STREET, SUITE 400", "EXECUTIVE PARKWAY",
    "LAKE SHORE DRIVE", "MILL LANE", "TECHNOLOGY SQUARE",
];

/// Titles of officers, none above the 30 characters that EDGAR admits.
#[rustfmt::skip]
pub(super) const TITLE: &[&str] = &[
    "Chief Executive Officer", "President and CEO", "Chief Financial Officer", "EVP & CFO",
    "General Counsel", "SVP, General Counsel", "Chief Operating Officer", "Chief Technology Officer",
    "Chief Medical Officer", "Executive Vice President", "Senior Vice President", "VP, Controller & CAO",
    "Chief Accounting Officer", "See Remarks", "See remarks below", "Chairman & CEO", "Chief People Officer",
    "President", "Secretary", "EVP, Chief Legal Officer",
];

pub(super) const OTHER_RELATION: &[&str] =
    &["Former director", "Member of 13(d) group", "Director by deputization", "See Remarks", "Trustee"];

pub(super) const FUND: &[&str] =
    &["Capital Partners", "Ventures", "Growth Fund", "Opportunity Master Fund", "Partners Fund"];

pub(super) const FUND_END: &[&str] = &["II, L.P.", "III LP", "LLC", "GP, LLC", "Ltd", "L.P."];

#[rustfmt::skip]
pub(super) const NATURE: &[&str] = &[
    "By spouse", "By Trust", "By 401(k) Plan", "By Family Trust", "See footnote", "By Son", "By Daughter",
    "By LLC", "By IRA", "By Children's Trust", "By Limited Partnership",
    "Held by wife as custodian for minor children",
];
