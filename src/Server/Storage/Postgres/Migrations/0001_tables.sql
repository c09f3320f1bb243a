-- Clients, in the order of their identifiers, which is the order they registered. state (ListedState) and version repeat
-- what the record says.
create table client (
    client_id uuid primary key,
    state smallint not null,
    version bigint not null,
    record bytea not null
);
create index client_state on client (state, client_id);

create table initial_access_token (
    token_id uuid primary key,
    record bytea not null
);

-- Software statements that had their one use. expires_at: milliseconds since 1970-01-01T00:00:00Z.
create table used_statement (
    key bytea primary key,
    expires_at bigint not null
);
create index used_statement_expiry on used_statement (expires_at);

create table registration_switch (
    id smallint primary key check (id = 1),
    record bytea not null
);

-- subject: the client the event is about. latest_time: the latest time of this and all events before it, so that it never falls.
-- outdates: the client that the change replaced or removed; turns_switch: whether it turned the switch of registration. Instances
-- follow these two, to forget what is no longer so.
create table audit_event (
    sequence bigint primary key,
    subject uuid,
    type text not null,
    time bigint not null,
    latest_time bigint not null,
    outdates uuid,
    turns_switch boolean not null,
    record bytea not null
);
create index audit_event_subject on audit_event (subject, sequence) where subject is not null;
create index audit_event_latest_time on audit_event (latest_time, sequence);
create index audit_event_outdating on audit_event (sequence) where outdates is not null or turns_switch;

-- The one row that every change locks first: it gives the sequence without gaps, and the changes one after the other.
create table audit_head (
    id smallint primary key check (id = 1),
    last_sequence bigint not null,
    latest_time bigint not null
);
insert into audit_head (id, last_sequence, latest_time) values (1, 0, 0);

-- Each running instance and its last batch: after a lost answer it learns here whether the batch was committed.
create table writer (
    writer_id uuid primary key,
    batch bigint not null,
    written_at bigint not null
);
