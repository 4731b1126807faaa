-- How the call was judged, as a JSON object: formula, verdict, bad seconds, scores of each leg.
ALTER TABLE cdr ADD COLUMN quality TEXT;
