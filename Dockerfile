# The application: `vanban serve`, as a user without rights, its data in /data. It reads scans and old Word files; with
# `--build-arg LIBREOFFICE=yes`, which makes it some hundred megabytes larger, also RTF and ODT, and tables in old Word files.
FROM python:3.12-slim-bookworm AS build
WORKDIR /src
RUN pip install --no-cache-dir "uv>=0.9,<1"
COPY . .
ENV UV_PROJECT_ENVIRONMENT=/opt/vanban UV_PYTHON_DOWNLOADS=never UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy
RUN uv sync --frozen --no-dev --extra s3 --no-editable --python "$(command -v python3)"

FROM python:3.12-slim-bookworm
ARG LIBREOFFICE=no
RUN apt-get update \
  && apt-get install --yes --no-install-recommends tesseract-ocr tesseract-ocr-vie antiword \
    $(test "$LIBREOFFICE" = yes && echo libreoffice-writer-nogui) \
  && rm -rf /var/lib/apt/lists/*
COPY --from=build /opt/vanban /opt/vanban
RUN useradd --system --uid 10001 --home-dir /data --create-home vanban
ENV PATH=/opt/vanban/bin:$PATH PYTHONUNBUFFERED=1 VANBAN_HOME=/data VANBAN_HOST=0.0.0.0 VANBAN_PORT=8000
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
  CMD ["python", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:' + os.environ['VANBAN_PORT'] + '/health', timeout=4)"]
CMD ["vanban", "serve"]
