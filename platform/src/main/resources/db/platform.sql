-- What the platform keeps for one service. Idempotent: runs at every start. ${schema} is the service's own schema.

-- Events, in the columns Axon's JDBC engine writes. CACHE 1: the relay's low-water mark rests on positions being drawn in turn.
create sequence if not exists ${schema}.event_position cache 1;
create table if not exists ${schema}.event (
    position bigint primary key default nextval('${schema}.event_position'),
    event_id text not null unique,
    aggregate_id text not null,
    sequence bigint not null,
    aggregate_type text not null,
    occurred_at text not null,
    type text not null,
    version text not null,
    data text not null,
    meta text not null,
    unique (aggregate_id, sequence)
);

-- The newest state of long streams; type and version name the state's shape.
create table if not exists ${schema}.snapshot (
    event_id text not null unique,
    aggregate_id text not null,
    sequence bigint not null,
    aggregate_type text not null,
    occurred_at text not null,
    type text not null,
    version text not null,
    data text not null,
    meta text not null,
    primary key (aggregate_id, sequence)
);

-- How far each topic partition was read.
create table if not exists ${schema}.inbox_position (
    topic text not null,
    partition int not null,
    next_offset bigint not null,
    primary key (topic, partition)
);

-- Offsets count within one topic: a later one of the same name has another id, and is read from its beginning.
alter table ${schema}.inbox_position add column if not exists topic_id text not null default '';

-- The first answer to each Idempotency-Key; 'accepted' is set in the transaction of the commands, 'claim' names the request.
create table if not exists ${schema}.idempotency_view (
    account bigint not null,
    key text not null,
    request_hash text not null,
    status int,
    event_id bigint,
    body text,
    asked_at timestamptz not null default now(),
    primary key (account, key)
);
alter table ${schema}.idempotency_view add column if not exists accepted boolean not null default false;
alter table ${schema}.idempotency_view add column if not exists claim uuid;
create index if not exists idempotency_view_asked_at on ${schema}.idempotency_view (asked_at);

-- The last number heard of each stream: events by aggregate, commands by the aggregate that caused them.
create table if not exists ${schema}.inbox_sequence (
    topic text not null,
    stream text not null,
    last bigint not null,
    primary key (topic, stream)
);

-- How far the relay has published; 'again' is there while a new topic is being filled, and says how far.
create table if not exists ${schema}.outbox_position (
    name text primary key,
    position bigint not null
);

-- The topic the relay publishes to, by the id which Kafka gave it, and how many of its name were lost before.
create table if not exists ${schema}.outbox_topic (
    name text primary key,
    id text not null,
    lost int not null default 0
);

-- Own commands that follow from events: at once, or as reminders. The row goes in the transaction of the command's effect.
create table if not exists ${schema}.due_command (
    id uuid primary key,
    source text not null,
    position bigint not null,
    ordinal int not null,
    reminder boolean not null,
    due timestamptz not null,
    attempts int not null default 0,
    failure text,
    type text not null,
    version int not null,
    data text not null,
    request text not null
);
create index if not exists due_command_due on ${schema}.due_command (due);
create index if not exists due_command_source on ${schema}.due_command (source, position, ordinal);

-- Records and reactions laid aside, with all later ones of their key.
create table if not exists ${schema}.parked (
    id bigint generated always as identity primary key,
    source text not null,
    key text not null,
    what text not null,
    why text not null,
    since timestamptz not null,
    topic text,
    partition int,
    record_offset bigint,
    record_key text,
    value bytea
);

-- The topic of that name in which the record had its place.
alter table ${schema}.parked add column if not exists topic_id text not null default '';
create index if not exists parked_key on ${schema}.parked (source, key, id);
