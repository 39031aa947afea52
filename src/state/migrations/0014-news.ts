import { type QueryExecutorProvider, sql } from "kysely";

/** What whoever watches from another process has to hear of; the database itself writes it, whichever process acts. */
export async function createNews(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table news (
      sequence integer primary key autoincrement,
      kind text not null check (kind in ('revision', 'event', 'dispatch', 'write')),
      planId text,
      revision integer,
      externalJobId text,
      subject text,
      shipmentIds text
    ) strict`.execute(db);
  for (const trigger of triggers) await sql.raw(trigger).execute(db);
}

const ofRoute = (row: string) =>
  `insert into news (kind, planId, shipmentIds) values ('dispatch', ${row}.planId, ${row}.shipmentIds)`;
const ofWrite = `insert into news (kind, externalJobId) values ('write', new.naturalKey)`;
const isRoute = `new.naturalKey is not null and new.tool in ('import_route', 'dispatch_plan')`;

const triggers = [
  `create trigger newsOfRevision after insert on planRevisions begin
    insert into news (kind, planId, revision) values ('revision', new.planId, new.revision);
  end`,
  `create trigger newsOfEvent after insert on events begin
    insert into news (kind, subject) values ('event', new.subject);
  end`,
  `create trigger newsOfClaim after insert on dispatchedRoutes begin ${ofRoute("new")}; end`,
  `create trigger newsOfDrop after delete on dispatchedRoutes begin ${ofRoute("old")}; end`,
  `create trigger newsOfDrive after update of driven on dispatchedRoutes when new.driven is not old.driven begin
    ${ofRoute("new")};
  end`,
  `create trigger newsOfRelease after update of releasedAt on dispatchedShipments
  when new.releasedAt is not old.releasedAt begin
    insert into news (kind, planId, shipmentIds)
    select 'dispatch', planId, json_array(new.shipmentId) from dispatchedRoutes where claimId = new.claimId;
  end`,
  `create trigger newsOfIntent after insert on writes when ${isRoute} begin ${ofWrite}; end`,
  `create trigger newsOfOutcome after update of state on writes when new.state <> old.state and ${isRoute} begin
    ${ofWrite};
  end`,
  // Whoever is behind by more than this was asleep for long.
  `create trigger oldNews after insert on news when new.sequence % 1000 = 0 begin
    delete from news where sequence <= new.sequence - 20000;
  end`,
];
