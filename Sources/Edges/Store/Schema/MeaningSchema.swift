/// Meaning vectors of postings: derived, so a row may always be lost and made again.
enum MeaningSchema {
    static let meanings = """
        CREATE TABLE posting_meaning (
            posting_id {{text}} NOT NULL REFERENCES posting (id) ON DELETE CASCADE,
            facet {{text}} NOT NULL CHECK (facet IN ('full', 'purpose', 'means')),
            model {{text}} NOT NULL CHECK (model <> ''),
            text_key {{text}} NOT NULL CHECK (length(text_key) = 64),
            scale {{real}} NOT NULL CHECK (scale > 0),
            vector {{blob}} NOT NULL CHECK (length(vector) > 0),
            is_matched {{int}} NOT NULL CHECK (is_matched IN (0, 1)),
            made_at_ms {{int}} NOT NULL,
            PRIMARY KEY (posting_id, facet)
        ) {{strict}};
        CREATE INDEX posting_meaning_model ON posting_meaning (facet, model);
        """
}
