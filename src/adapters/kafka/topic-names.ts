import { ALL_TOPICS, type Topic } from '../../domain/topics.js';

/** The names of our topics in Kafka, both ways. */
export class TopicNames {
  readonly #topics: ReadonlyMap<string, Topic>;

  constructor(private readonly prefix: string) {
    this.#topics = new Map(ALL_TOPICS.map((topic) => [this.of(topic), topic]));
  }

  of(topic: Topic): string {
    return `${this.prefix}${topic}`;
  }

  group(name: string): string {
    return `${this.prefix}${name}`;
  }

  /** Our topic of that name; undefined for a stranger's. */
  topic(name: string): Topic | undefined {
    return this.#topics.get(name);
  }
}
