-- The eight tables of the SEC's Insider Transactions Data Sets, for code that was written against those: the same names, columns,
-- order and types; days as text, DD-MON-YYYY; numbers rounded to two decimals. The tables of the schema section16 have them exact.
--
-- What differs: flags are 0, 1 or null, where the SEC repeats what the filer typed; the _SK columns are numbers of our own, in
-- document order; D and I stand on the row that they belong to; filings before 2006 and printed forms are there, too; a
-- document without an accession number bears its filing_id in that column.
CREATE SCHEMA IF NOT EXISTS sec;

CREATE OR REPLACE MACRO sec.as_day(day) AS upper(strftime(day, '%d-%b-%Y'));
CREATE OR REPLACE MACRO sec.as_flag(flag) AS CAST(CAST(flag AS INTEGER) AS VARCHAR);
CREATE OR REPLACE MACRO sec.as_number(amount) AS CAST(amount AS DECIMAL(16, 2));
-- No tab and no line end stands in a field.
CREATE OR REPLACE MACRO sec.as_line(words) AS regexp_replace(words, '[\t\r\n]+', ' ', 'g');
-- The ids of the footnotes that are marked on a column: `F1, F2`.
CREATE OR REPLACE MACRO sec.as_marks(refs, marked) AS
    nullif(array_to_string([mark.footnote_id FOR mark IN refs IF mark.field = marked], ', '), '');
-- The digits of the accession number, or of the digest in a filing_id without one, then seven of the row's number.
CREATE OR REPLACE MACRO sec.as_key(filing_id, row_index) AS CAST(
    coalesce(
        TRY_CAST(replace(filing_id, '-', '') AS HUGEINT),
        CAST('0x' || replace(filing_id, 'sha256:', '') AS HUGEINT)
    ) * 10000000 + row_index AS DECIMAL(38, 0));

CREATE OR REPLACE VIEW sec.SUBMISSION AS
SELECT
    filing_id AS ACCESSION_NUMBER,
    sec.as_day(filing_date) AS FILING_DATE,
    sec.as_day(period_of_report) AS PERIOD_OF_REPORT,
    sec.as_day(date_of_original_submission) AS DATE_OF_ORIG_SUB,
    sec.as_flag(no_securities_owned) AS NO_SECURITIES_OWNED,
    sec.as_flag(not_subject_to_section16) AS NOT_SUBJECT_SEC16,
    sec.as_flag(form3_holdings_reported) AS FORM3_HOLDINGS_REPORTED,
    sec.as_flag(form4_transactions_reported) AS FORM4_TRANS_REPORTED,
    document_type AS DOCUMENT_TYPE,
    issuer_cik AS ISSUERCIK,
    issuer_name AS ISSUERNAME,
    issuer_trading_symbol AS ISSUERTRADINGSYMBOL,
    sec.as_line(remarks) AS REMARKS,
    sec.as_flag(aff10b5_one) AS AFF10B5ONE
FROM section16.filings;
COMMENT ON VIEW sec.SUBMISSION IS
    'One row a filing, as in the SEC''s SUBMISSION. Key: ACCESSION_NUMBER. AFF10B5ONE is the column of the later editions.';

CREATE OR REPLACE VIEW sec.REPORTINGOWNER AS
SELECT
    filing_id AS ACCESSION_NUMBER,
    rpt_owner_cik AS RPTOWNERCIK,
    rpt_owner_name AS RPTOWNERNAME,
    nullif(concat_ws(
        ',',
        CASE WHEN is_director THEN 'Director' END,
        CASE WHEN is_officer THEN 'Officer' END,
        CASE WHEN is_ten_percent_owner THEN 'TenPercentOwner' END,
        CASE WHEN is_other THEN 'Other' END
    ), '') AS RPTOWNER_RELATIONSHIP,
    officer_title AS RPTOWNER_TITLE,
    other_text AS RPTOWNER_TXT,
    rpt_owner_street1 AS RPTOWNER_STREET1,
    rpt_owner_street2 AS RPTOWNER_STREET2,
    rpt_owner_city AS RPTOWNER_CITY,
    rpt_owner_state AS RPTOWNER_STATE,
    rpt_owner_zip_code AS RPTOWNER_ZIPCODE,
    rpt_owner_state_description AS RPTOWNER_STATE_DESC,
    file_number AS FILE_NUMBER
FROM section16.reporting_owners;
COMMENT ON VIEW sec.REPORTINGOWNER IS
    'One row an owner of a filing, as in the SEC''s REPORTINGOWNER. Key: ACCESSION_NUMBER, RPTOWNERCIK. A join with the rows of a joint filing repeats them.';

CREATE OR REPLACE VIEW sec.NONDERIV_TRANS AS
SELECT
    filing_id AS ACCESSION_NUMBER,
    sec.as_key(filing_id, row_index) AS NONDERIV_TRANS_SK,
    security_title AS SECURITY_TITLE,
    sec.as_marks(footnote_refs, 'security_title') AS SECURITY_TITLE_FN,
    sec.as_day(transaction_date) AS TRANS_DATE,
    sec.as_marks(footnote_refs, 'transaction_date') AS TRANS_DATE_FN,
    sec.as_day(deemed_execution_date) AS DEEMED_EXECUTION_DATE,
    sec.as_marks(footnote_refs, 'deemed_execution_date') AS DEEMED_EXECUTION_DATE_FN,
    transaction_form_type AS TRANS_FORM_TYPE,
    transaction_code AS TRANS_CODE,
    sec.as_flag(equity_swap_involved) AS EQUITY_SWAP_INVOLVED,
    sec.as_marks(footnote_refs, 'transaction_code') AS EQUITY_SWAP_TRANS_CD_FN,
    transaction_timeliness AS TRANS_TIMELINESS,
    sec.as_marks(footnote_refs, 'transaction_timeliness') AS TRANS_TIMELINESS_FN,
    sec.as_number(transaction_shares) AS TRANS_SHARES,
    sec.as_marks(footnote_refs, 'transaction_shares') AS TRANS_SHARES_FN,
    sec.as_number(transaction_price_per_share) AS TRANS_PRICEPERSHARE,
    sec.as_marks(footnote_refs, 'transaction_price_per_share') AS TRANS_PRICEPERSHARE_FN,
    transaction_acquired_disposed_code AS TRANS_ACQUIRED_DISP_CD,
    sec.as_marks(footnote_refs, 'transaction_acquired_disposed_code') AS TRANS_ACQUIRED_DISP_CD_FN,
    sec.as_number(shares_owned_following_transaction) AS SHRS_OWND_FOLWNG_TRANS,
    sec.as_marks(footnote_refs, 'shares_owned_following_transaction') AS SHRS_OWND_FOLWNG_TRANS_FN,
    sec.as_number(value_owned_following_transaction) AS VALU_OWND_FOLWNG_TRANS,
    sec.as_marks(footnote_refs, 'value_owned_following_transaction') AS VALU_OWND_FOLWNG_TRANS_FN,
    direct_or_indirect_ownership AS DIRECT_INDIRECT_OWNERSHIP,
    sec.as_marks(footnote_refs, 'direct_or_indirect_ownership') AS DIRECT_INDIRECT_OWNERSHIP_FN,
    nature_of_ownership AS NATURE_OF_OWNERSHIP,
    sec.as_marks(footnote_refs, 'nature_of_ownership') AS NATURE_OF_OWNERSHIP_FN
FROM section16.transactions
WHERE NOT is_derivative;
COMMENT ON VIEW sec.NONDERIV_TRANS IS
    'One row a transaction of Table I, as in the SEC''s NONDERIV_TRANS. Key: ACCESSION_NUMBER, NONDERIV_TRANS_SK.';

CREATE OR REPLACE VIEW sec.NONDERIV_HOLDING AS
SELECT
    filing_id AS ACCESSION_NUMBER,
    sec.as_key(filing_id, row_index) AS NONDERIV_HOLDING_SK,
    security_title AS SECURITY_TITLE,
    sec.as_marks(footnote_refs, 'security_title') AS SECURITY_TITLE_FN,
    transaction_form_type AS TRANS_FORM_TYPE,
    sec.as_marks(footnote_refs, 'transaction_form_type') AS TRANS_FORM_TYPE_FN,
    sec.as_number(shares_owned_following_transaction) AS SHRS_OWND_FOLWNG_TRANS,
    sec.as_marks(footnote_refs, 'shares_owned_following_transaction') AS SHRS_OWND_FOLWNG_TRANS_FN,
    sec.as_number(value_owned_following_transaction) AS VALU_OWND_FOLWNG_TRANS,
    sec.as_marks(footnote_refs, 'value_owned_following_transaction') AS VALU_OWND_FOLWNG_TRANS_FN,
    direct_or_indirect_ownership AS DIRECT_INDIRECT_OWNERSHIP,
    sec.as_marks(footnote_refs, 'direct_or_indirect_ownership') AS DIRECT_INDIRECT_OWNERSHIP_FN,
    nature_of_ownership AS NATURE_OF_OWNERSHIP,
    sec.as_marks(footnote_refs, 'nature_of_ownership') AS NATURE_OF_OWNERSHIP_FN
FROM section16.holdings
WHERE NOT is_derivative;
COMMENT ON VIEW sec.NONDERIV_HOLDING IS
    'One row a holding of Table I, as in the SEC''s NONDERIV_HOLDING. Key: ACCESSION_NUMBER, NONDERIV_HOLDING_SK.';

CREATE OR REPLACE VIEW sec.DERIV_TRANS AS
SELECT
    filing_id AS ACCESSION_NUMBER,
    sec.as_key(filing_id, row_index) AS DERIV_TRANS_SK,
    security_title AS SECURITY_TITLE,
    sec.as_marks(footnote_refs, 'security_title') AS SECURITY_TITLE_FN,
    sec.as_number(conversion_or_exercise_price) AS CONV_EXERCISE_PRICE,
    sec.as_marks(footnote_refs, 'conversion_or_exercise_price') AS CONV_EXERCISE_PRICE_FN,
    sec.as_day(transaction_date) AS TRANS_DATE,
    sec.as_marks(footnote_refs, 'transaction_date') AS TRANS_DATE_FN,
    sec.as_day(deemed_execution_date) AS DEEMED_EXECUTION_DATE,
    sec.as_marks(footnote_refs, 'deemed_execution_date') AS DEEMED_EXECUTION_DATE_FN,
    transaction_form_type AS TRANS_FORM_TYPE,
    transaction_code AS TRANS_CODE,
    sec.as_flag(equity_swap_involved) AS EQUITY_SWAP_INVOLVED,
    sec.as_marks(footnote_refs, 'transaction_code') AS EQUITY_SWAP_TRANS_CD_FN,
    transaction_timeliness AS TRANS_TIMELINESS,
    sec.as_marks(footnote_refs, 'transaction_timeliness') AS TRANS_TIMELINESS_FN,
    sec.as_number(transaction_shares) AS TRANS_SHARES,
    sec.as_marks(footnote_refs, 'transaction_shares') AS TRANS_SHARES_FN,
    sec.as_number(transaction_total_value) AS TRANS_TOTAL_VALUE,
    sec.as_marks(footnote_refs, 'transaction_total_value') AS TRANS_TOTAL_VALUE_FN,
    sec.as_number(transaction_price_per_share) AS TRANS_PRICEPERSHARE,
    sec.as_marks(footnote_refs, 'transaction_price_per_share') AS TRANS_PRICEPERSHARE_FN,
    transaction_acquired_disposed_code AS TRANS_ACQUIRED_DISP_CD,
    sec.as_marks(footnote_refs, 'transaction_acquired_disposed_code') AS TRANS_ACQUIRED_DISP_CD_FN,
    sec.as_day(exercise_date) AS EXCERCISE_DATE,
    sec.as_marks(footnote_refs, 'exercise_date') AS EXCERCISE_DATE_FN,
    sec.as_day(expiration_date) AS EXPIRATION_DATE,
    sec.as_marks(footnote_refs, 'expiration_date') AS EXPIRATION_DATE_FN,
    underlying_security_title AS UNDLYNG_SEC_TITLE,
    sec.as_marks(footnote_refs, 'underlying_security_title') AS UNDLYNG_SEC_TITLE_FN,
    sec.as_number(underlying_security_shares) AS UNDLYNG_SEC_SHARES,
    sec.as_marks(footnote_refs, 'underlying_security_shares') AS UNDLYNG_SEC_SHARES_FN,
    sec.as_number(underlying_security_value) AS UNDLYNG_SEC_VALUE,
    sec.as_marks(footnote_refs, 'underlying_security_value') AS UNDLYNG_SEC_VALUE_FN,
    sec.as_number(shares_owned_following_transaction) AS SHRS_OWND_FOLWNG_TRANS,
    sec.as_marks(footnote_refs, 'shares_owned_following_transaction') AS SHRS_OWND_FOLWNG_TRANS_FN,
    sec.as_number(value_owned_following_transaction) AS VALU_OWND_FOLWNG_TRANS,
    sec.as_marks(footnote_refs, 'value_owned_following_transaction') AS VALU_OWND_FOLWNG_TRANS_FN,
    direct_or_indirect_ownership AS DIRECT_INDIRECT_OWNERSHIP,
    sec.as_marks(footnote_refs, 'direct_or_indirect_ownership') AS DIRECT_INDIRECT_OWNERSHIP_FN,
    nature_of_ownership AS NATURE_OF_OWNERSHIP,
    sec.as_marks(footnote_refs, 'nature_of_ownership') AS NATURE_OF_OWNERSHIP_FN
FROM section16.transactions
WHERE is_derivative;
COMMENT ON VIEW sec.DERIV_TRANS IS
    'One row a transaction of Table II, as in the SEC''s DERIV_TRANS, with its spelling of EXCERCISE_DATE. Key: ACCESSION_NUMBER, DERIV_TRANS_SK.';

CREATE OR REPLACE VIEW sec.DERIV_HOLDING AS
SELECT
    filing_id AS ACCESSION_NUMBER,
    sec.as_key(filing_id, row_index) AS DERIV_HOLDING_SK,
    security_title AS SECURITY_TITLE,
    sec.as_marks(footnote_refs, 'security_title') AS SECURITY_TITLE_FN,
    sec.as_number(conversion_or_exercise_price) AS CONV_EXERCISE_PRICE,
    sec.as_marks(footnote_refs, 'conversion_or_exercise_price') AS CONV_EXERCISE_PRICE_FN,
    transaction_form_type AS TRANS_FORM_TYPE,
    sec.as_marks(footnote_refs, 'transaction_form_type') AS TRANS_FORM_TYPE_FN,
    sec.as_day(exercise_date) AS EXERCISE_DATE,
    sec.as_marks(footnote_refs, 'exercise_date') AS EXERCISE_DATE_FN,
    sec.as_day(expiration_date) AS EXPIRATION_DATE,
    sec.as_marks(footnote_refs, 'expiration_date') AS EXPIRATION_DATE_FN,
    underlying_security_title AS UNDLYNG_SEC_TITLE,
    sec.as_marks(footnote_refs, 'underlying_security_title') AS UNDLYNG_SEC_TITLE_FN,
    sec.as_number(underlying_security_shares) AS UNDLYNG_SEC_SHARES,
    sec.as_marks(footnote_refs, 'underlying_security_shares') AS UNDLYNG_SEC_SHARES_FN,
    sec.as_number(underlying_security_value) AS UNDLYNG_SEC_VALUE,
    sec.as_marks(footnote_refs, 'underlying_security_value') AS UNDLYNG_SEC_VALUE_FN,
    sec.as_number(shares_owned_following_transaction) AS SHRS_OWND_FOLWNG_TRANS,
    sec.as_marks(footnote_refs, 'shares_owned_following_transaction') AS SHRS_OWND_FOLWNG_TRANS_FN,
    sec.as_number(value_owned_following_transaction) AS VALU_OWND_FOLWNG_TRANS,
    sec.as_marks(footnote_refs, 'value_owned_following_transaction') AS VALU_OWND_FOLWNG_TRANS_FN,
    direct_or_indirect_ownership AS DIRECT_INDIRECT_OWNERSHIP,
    sec.as_marks(footnote_refs, 'direct_or_indirect_ownership') AS DIRECT_INDIRECT_OWNERSHIP_FN,
    nature_of_ownership AS NATURE_OF_OWNERSHIP,
    sec.as_marks(footnote_refs, 'nature_of_ownership') AS NATURE_OF_OWNERSHIP_FN
FROM section16.holdings
WHERE is_derivative;
COMMENT ON VIEW sec.DERIV_HOLDING IS
    'One row a holding of Table II, as in the SEC''s DERIV_HOLDING. Key: ACCESSION_NUMBER, DERIV_HOLDING_SK.';

CREATE OR REPLACE VIEW sec.FOOTNOTES AS
SELECT
    filing_id AS ACCESSION_NUMBER,
    footnote_id AS FOOTNOTE_ID,
    sec.as_line(footnote) AS FOOTNOTE_TXT
FROM section16.footnotes;
COMMENT ON VIEW sec.FOOTNOTES IS
    'One row a footnote, as in the SEC''s FOOTNOTES. Key: ACCESSION_NUMBER, FOOTNOTE_ID.';

CREATE OR REPLACE VIEW sec.OWNER_SIGNATURE AS
SELECT
    filing_id AS ACCESSION_NUMBER,
    signature_name AS OWNERSIGNATURENAME,
    sec.as_day(signature_date) AS OWNERSIGNATUREDATE
FROM section16.signatures;
COMMENT ON VIEW sec.OWNER_SIGNATURE IS
    'One row a signature, as in the SEC''s OWNER_SIGNATURE. Key: ACCESSION_NUMBER, OWNERSIGNATURENAME; two signatures of one name are two rows here.';
