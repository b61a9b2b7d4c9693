FROM node:24-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
COPY sidecar/package.json sidecar/
# What the sidecar needs to run, and nothing of the other workspaces. The image has a Node of its own.
# Scripts of packages are not run: none of these needs any.
RUN npm ci --workspace sidecar --omit=dev --ignore-scripts --no-audit --no-fund && npm cache clean --force

FROM node:24-slim
WORKDIR /app
# Inside the container only what is published reaches the port, so it listens on all addresses.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
ENV MALLOC_ARENA_MAX=1 MALLOC_TRIM_THRESHOLD_=262144
COPY --from=packages /app/node_modules node_modules
COPY package.json LICENSE ./
COPY scripts/require-node.js scripts/
COPY sidecar/package.json sidecar/
COPY sidecar/bin sidecar/bin
COPY sidecar/src sidecar/src
# The state, and code that Node has compiled, which halves the time of the next start.
RUN mkdir -p -m 0700 /data node_modules/.cache && chown node:node /data node_modules/.cache
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Without a shell in between, so that node gets SIGTERM.
ENTRYPOINT ["node", "--max-semi-space-size=8", "--heap-growing-percent=150", "sidecar/bin/woo-salesforce.js"]
