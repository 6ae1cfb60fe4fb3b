import { Migration } from '@mikro-orm/migrations';

/** Which corporate actions the stored results of a search have booked: after others it begins again. */
export class SearchActions extends Migration {
  override up(): void {
    // sha256 of the actions of its symbols; null where there are none.
    this.addSql('ALTER TABLE searches ADD COLUMN actions_hash text;');
  }
}
