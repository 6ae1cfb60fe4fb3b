import { Authorized, Ctx, Query, Resolver } from 'type-graphql';
import { Platform, RateLimit } from '../schema/platform.js';
import type { GraphQLContext } from './context.js';

@Resolver()
export class PlatformResolver {
  @Authorized('READ')
  @Query(() => Platform, { description: 'What this program runs on, and how it is doing.' })
  async platform(@Ctx() { platform }: GraphQLContext): Promise<Platform> {
    const replay = platform.replay();
    return {
      version: platform.version,
      provider: platform.provider,
      isReplay: replay !== null,
      description: platform.description,
      now: platform.now(),
      replay,
      pipeline: await platform.pipeline(),
      training: await platform.training(),
    };
  }

  @Query(() => RateLimit, { description: "What the client's operations may still cost.", complexity: 0 })
  rateLimit(@Ctx() context: GraphQLContext): RateLimit {
    const { limit, remaining, fullAtMs } = context.readBudget();
    return { limit, remaining, resetAt: fullAtMs };
  }
}
