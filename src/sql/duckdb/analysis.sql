-- What is asked first of insider filings. Values are null where the filing does not say enough, never guessed.

CREATE OR REPLACE VIEW section16.filers AS
SELECT
    filing_id,
    list(rpt_owner_cik ORDER BY owner_index) AS owner_ciks,
    list(rpt_owner_name ORDER BY owner_index) AS owner_names,
    CASE
        WHEN bool_or(is_officer) THEN 'officer'
        WHEN bool_or(is_director) THEN 'director'
        WHEN bool_or(is_ten_percent_owner) THEN 'ten percent owner'
        WHEN bool_or(is_other) THEN 'other'
    END AS role,
    bool_or(is_officer) AS is_officer,
    bool_or(is_director) AS is_director,
    bool_or(is_ten_percent_owner) AS is_ten_percent_owner,
    bool_or(is_other) AS is_other,
    first(officer_title ORDER BY owner_index) FILTER (WHERE officer_title IS NOT NULL) AS officer_title
FROM section16.reporting_owners
GROUP BY filing_id;
COMMENT ON VIEW section16.filers IS
    'One row a filing: all its owners together. A flag is true where it is true of any of them; role is the first that fits of officer, director, ten percent owner, other.';

CREATE OR REPLACE VIEW section16.trades AS
WITH plan_notes AS (
    SELECT filing_id, list(footnote_id) AS ids
    FROM section16.footnotes
    WHERE regexp_matches(footnote, '10b\W{0,3}5\W{0,3}1', 'i')
    GROUP BY filing_id
),
signed AS (
    SELECT
        *,
        CASE transaction_acquired_disposed_code
            WHEN 'A' THEN transaction_shares
            WHEN 'D' THEN -transaction_shares
        END AS signed_shares,
        -- Wide enough for any product of two amounts.
        coalesce(
            CAST(transaction_shares AS DECIMAL(19, 6)) * CAST(transaction_price_per_share AS DECIMAL(19, 6)),
            transaction_total_value
        ) AS dollar_value,
        -- Forms may print one total, that after the last trade, on each row.
        count(*) OVER (
            PARTITION BY
                filing_id, is_derivative, security_title, direct_or_indirect_ownership, nature_of_ownership,
                shares_owned_following_transaction
        ) = 1 AS is_own_total
    FROM section16.transactions
),
held AS (
    SELECT
        *,
        CASE
            WHEN is_own_total AND shares_owned_following_transaction >= signed_shares
            THEN shares_owned_following_transaction - signed_shares
        END AS shares_before
    FROM signed
)
SELECT
    held.filing_id,
    held.row_index,
    held.issuer_cik,
    held.issuer_trading_symbol,
    held.document_type,
    held.document_type LIKE '%/A' AS is_amendment,
    held.period_of_report,
    held.filing_date,
    held.transaction_date,
    held.filing_date - held.transaction_date AS days_to_file,
    filers.owner_ciks,
    filers.owner_names,
    filers.role,
    filers.officer_title,
    held.is_derivative,
    held.security_title,
    held.transaction_code,
    held.transaction_acquired_disposed_code,
    CASE
        WHEN held.is_derivative THEN NULL
        WHEN held.transaction_code = 'P' AND held.transaction_acquired_disposed_code = 'A' THEN 'buy'
        WHEN held.transaction_code = 'S' AND held.transaction_acquired_disposed_code = 'D' THEN 'sell'
    END AS side,
    held.transaction_shares,
    held.transaction_price_per_share,
    held.signed_shares,
    held.dollar_value,
    CASE held.transaction_acquired_disposed_code
        WHEN 'A' THEN held.dollar_value
        WHEN 'D' THEN -held.dollar_value
    END AS signed_value,
    held.direct_or_indirect_ownership,
    held.nature_of_ownership,
    held.shares_before,
    held.shares_owned_following_transaction,
    CASE
        WHEN held.shares_before > 0
        THEN CAST(held.signed_shares AS DOUBLE) / CAST(held.shares_before AS DOUBLE)
    END AS share_of_holding,
    CASE
        WHEN held.aff10b5_one AND is_noted THEN 'checked and noted'
        WHEN is_noted THEN 'noted'
        WHEN held.aff10b5_one THEN 'checked'
        WHEN NOT held.aff10b5_one THEN 'no'
    END AS plan_10b5_1
FROM held
LEFT JOIN section16.filers USING (filing_id)
LEFT JOIN plan_notes USING (filing_id),
LATERAL (
    SELECT coalesce(
        list_has_any(plan_notes.ids, [mark.footnote_id FOR mark IN held.footnote_refs]), false
    ) AS is_noted
);
COMMENT ON VIEW section16.trades IS
    'One row a transaction, however many owners file it together, with what follows from it. Amendments are rows, too: leave them out with NOT is_amendment, or see amendments.';
COMMENT ON COLUMN section16.trades.days_to_file IS
    'Calendar days from the trade to the filing; below 0 or very large where the form prints a wrong day.';
COMMENT ON COLUMN section16.trades.role IS
    'Of all owners of the filing: the first that fits of officer, director, ten percent owner, other.';
COMMENT ON COLUMN section16.trades.side IS
    'On the open market or privately: buy (code P, acquired) or sell (code S, disposed of) of a non-derivative security; null otherwise, also where code and sign contradict each other.';
COMMENT ON COLUMN section16.trades.signed_shares IS 'Shares, below 0 where they were disposed of.';
COMMENT ON COLUMN section16.trades.dollar_value IS
    'Shares times price, exact; else the value in all that the form states. Of a derivative it is the price of the derivative, not of what underlies it.';
COMMENT ON COLUMN section16.trades.signed_value IS 'dollar_value, below 0 where the shares were disposed of.';
COMMENT ON COLUMN section16.trades.shares_before IS
    'Shares owned after the trade less signed_shares; null where that is below 0, or where several rows of the filing print the same total.';
COMMENT ON COLUMN section16.trades.share_of_holding IS
    'signed_shares by shares_before: -0.25 is a quarter of the holding sold. Null where nothing was held before. A holding is what the row speaks of: a class of security, direct or through one and the same entity.';
COMMENT ON COLUMN section16.trades.plan_10b5_1 IS
    'What the form says of Rule 10b5-1 plans: its box is checked (since 2023; it speaks of the whole form), a footnote of the row names the rule (it may also deny a plan: read it), both, or no: the box is not checked. Null: nothing is said.';

CREATE OR REPLACE VIEW section16.trades_once AS
WITH numbered AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY
                filing_id, transaction_date, is_derivative, security_title, transaction_code,
                transaction_acquired_disposed_code, transaction_shares, transaction_price_per_share, dollar_value,
                shares_owned_following_transaction
            ORDER BY row_index
        ) AS lot
    FROM section16.trades
),
alike AS (
    SELECT
        *,
        row_number() OVER same AS copy,
        count(*) OVER everything AS copies,
        max(len(owner_ciks)) OVER everything AS most_owners,
        flatten(list(owner_ciks) OVER everything) AS all_owners
    FROM numbered
    WINDOW
        everything AS (
            PARTITION BY
                issuer_cik, document_type, filing_date, lot, transaction_date, is_derivative, security_title,
                transaction_code, transaction_acquired_disposed_code, transaction_shares, transaction_price_per_share,
                dollar_value, shares_owned_following_transaction
        ),
        same AS (everything ORDER BY filing_id, row_index)
)
SELECT
    * EXCLUDE (lot, copy, copies, most_owners, all_owners),
    CASE WHEN most_owners > 1 THEN list_sort(list_distinct(all_owners)) ELSE owner_ciks END AS all_owner_ciks,
    CASE WHEN most_owners > 1 THEN copies ELSE 1 END AS forms
FROM alike
WHERE copy = 1 OR most_owners = 1 OR most_owners IS NULL;
COMMENT ON VIEW section16.trades_once IS
    'trades, with those of a group counted once that files several forms because it is larger than a form has room for, or because each member files its own: rows of the same issuer, form and filing day that agree in date, security, code, sign, shares, price and shares owned after, where at least one of the forms is a joint one. The first form stays; all_owner_ciks has the owners of all forms, forms their number. Equal rows of owners who each file alone (grants to directors) stay apart.';

CREATE OR REPLACE VIEW section16.open_market AS
SELECT * FROM section16.trades_once WHERE side IS NOT NULL;
COMMENT ON VIEW section16.open_market IS
    'The buys and sells of trades_once: codes P and S, non-derivative. Amendments are rows, too.';

CREATE OR REPLACE VIEW section16.amendments AS
WITH forms AS (
    SELECT
        filings.*,
        replace(coalesce(document_type, submission_type), '/A', '') AS form,
        coalesce(is_amendment, false) AS amends,
        list_sort(list_distinct(filers.owner_ciks)) AS owners
    FROM section16.filings
    LEFT JOIN section16.filers USING (filing_id)
),
pairs AS (
    SELECT DISTINCT mine.filing_id AS amendment, theirs.filing_id AS original
    FROM section16.reporting_owners AS mine
    JOIN section16.filings AS amending ON amending.filing_id = mine.filing_id AND amending.is_amendment
    JOIN section16.reporting_owners AS theirs
        ON theirs.issuer_cik = mine.issuer_cik AND theirs.rpt_owner_cik = mine.rpt_owner_cik
        AND theirs.filing_id <> mine.filing_id
),
-- Materialized, or the planner may join every amendment with every filing of its form.
laters AS MATERIALIZED (
    SELECT pairs.original, forms.* FROM pairs JOIN forms ON forms.filing_id = pairs.amendment
),
compared AS (
    SELECT
        later.filing_id,
        earlier.filing_id AS amends_filing_id,
        earlier.document_type AS amends_document_type,
        earlier.filing_date AS amends_filing_date,
        earlier.acceptance_datetime AS amends_acceptance_datetime,
        earlier.amends AS amends_an_amendment,
        coalesce(later.date_of_original_submission = earlier.filing_date, false) AS same_date,
        coalesce(later.period_of_report = earlier.period_of_report, false) AS same_period,
        coalesce(later.owners = earlier.owners, false) AS same_owners,
        abs(later.date_of_original_submission - earlier.filing_date) AS days_apart
    FROM laters AS later
    JOIN forms AS earlier ON earlier.filing_id = later.original AND earlier.form = later.form
    WHERE coalesce(earlier.filing_date <= later.filing_date, NOT earlier.amends)
        AND coalesce(
            earlier.acceptance_datetime < later.acceptance_datetime,
            NOT earlier.amends OR earlier.filing_date < later.filing_date
        )
),
ranked AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY filing_id
            ORDER BY
                same_date DESC, same_period DESC, amends_an_amendment, same_owners DESC, amends_filing_date DESC,
                amends_acceptance_datetime DESC, amends_filing_id
        ) AS place,
        count(*) OVER (
            PARTITION BY filing_id, same_date, same_period, amends_an_amendment, same_owners
        ) AS candidates
    FROM compared
    WHERE same_date OR same_period
)
SELECT
    forms.filing_id,
    forms.issuer_cik,
    forms.document_type,
    forms.filing_date,
    forms.period_of_report,
    forms.date_of_original_submission,
    ranked.amends_filing_id,
    ranked.amends_document_type,
    ranked.amends_filing_date,
    ranked.same_date,
    ranked.same_period,
    ranked.same_owners,
    coalesce(ranked.candidates, 0) AS candidates,
    CASE
        WHEN ranked.filing_id IS NULL THEN 'none'
        WHEN ranked.candidates > 1 THEN 'low'
        WHEN ranked.same_date AND ranked.same_period THEN 'high'
        WHEN ranked.same_date OR coalesce(ranked.days_apart <= 7, true) THEN 'medium'
        ELSE 'low'
    END AS confidence
FROM forms
LEFT JOIN ranked ON ranked.filing_id = forms.filing_id AND ranked.place = 1
WHERE forms.amends;
COMMENT ON VIEW section16.amendments IS
    'One row an amendment, with the filing that it amends: an earlier one of the same form about the same issuer with an owner in common, filed on the day that the amendment names or reporting the same period; originals before earlier amendments.';
COMMENT ON COLUMN section16.amendments.candidates IS
    'Filings that fit as well as the one that is named; above 1 that one is the last filed of them.';
COMMENT ON COLUMN section16.amendments.confidence IS
    'high: day and period agree and no other filing fits as well. medium: the day alone agrees; or the period does, and the day that is named is at most seven days off, or is not named. low: several fit as well, or the days are farther apart. none: the data set holds nothing that fits.';
