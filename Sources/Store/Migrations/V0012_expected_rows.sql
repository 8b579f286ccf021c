-- What is written with the commit is checked where it is written: a row that no longer stands where it stood ends the
-- transaction, and everything is read and decided again.
CREATE FUNCTION expect_rows(met bigint, wanted bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF met <> wanted THEN
        RAISE EXCEPTION '% of % rows stand where they stood', met, wanted USING ERRCODE = 'serialization_failure';
    END IF;
END $$;
