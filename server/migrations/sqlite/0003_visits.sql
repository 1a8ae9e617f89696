-- Links for guests and viewers stand beside those for customers.
ALTER TABLE invites ADD COLUMN role TEXT NOT NULL DEFAULT 'customer';
