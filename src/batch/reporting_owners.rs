use super::cells::Columns;
use super::keys::{Keys, print_cik};
use crate::model::Filing;

pub(super) fn append(columns: &mut Columns, filing: &Filing<'_>, keys: &Keys, scratch: &mut String) {
    for (index, owner) in filing.owners.iter().enumerate() {
        let relationship = &owner.relationship;
        columns
            .row()
            .text(keys.filing_id())
            .text(keys.accession_number())
            .text(keys.issuer_cik())
            .count(index)
            .text(print_cik(scratch, owner.rpt_owner_cik))
            .text(owner.rpt_owner_name.as_deref())
            .text(owner.rpt_owner_street1.as_deref())
            .text(owner.rpt_owner_street2.as_deref())
            .text(owner.rpt_owner_city.as_deref())
            .text(owner.rpt_owner_state.as_deref())
            .text(owner.rpt_owner_zip_code.as_deref())
            .text(owner.rpt_owner_state_description.as_deref())
            .text(owner.rpt_owner_country.as_deref())
            .boolean(owner.rpt_owner_non_us_address_flag)
            .text(owner.rpt_owner_non_us_state_territory.as_deref())
            .boolean(owner.rpt_owner_good_address)
            .boolean(relationship.is_director)
            .boolean(relationship.is_officer)
            .boolean(relationship.is_ten_percent_owner)
            .boolean(relationship.is_other)
            .text(relationship.officer_title.as_deref())
            .text(relationship.other_text.as_deref())
            .text(owner.file_number.as_deref())
            .text(owner.film_number.as_deref())
            .date(filing.filing_date);
    }
}
