-- An agent that does not know an order may have carried it out: that it never arrived was more than could be said.
UPDATE "ApplyDirector" SET "outcome" = 'unknown', "error" = '{"code": "orderNotKnown", "params": {}}'
    WHERE "error"->>'code' = 'orderNeverArrived';
