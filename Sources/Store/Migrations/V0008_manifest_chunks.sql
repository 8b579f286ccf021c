-- Which versions have a chunk: asked for with every chunk that a member fetches.
CREATE INDEX manifest_chunks ON manifest USING gin (document jsonb_path_ops);
