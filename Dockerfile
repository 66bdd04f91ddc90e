# The course's notebooks in a container: papermill runs the one that is named.
#
#   docker build --tag cnnlab .
#   docker build --tag cnnlab-gpu --build-arg EXTRAS=tensorflow,gpu .
#
# How it is run, other bases, and what of this has been tried: docs/cloud.md.
ARG BASE=python:3.11-slim
FROM ${BASE}

# "gpu" brings the CUDA libraries that TensorFlow was built for, so that any base
# with Python 3.11 to 3.13 will do; only the driver is the machine's.
ARG EXTRAS=tensorflow

# NVIDIA's container runtime reads the first two; Debian's and Ubuntu's own Python
# insists on the last, and a container is as good as a virtual environment.
ENV NVIDIA_VISIBLE_DEVICES=all \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility \
    PIP_BREAK_SYSTEM_PACKAGES=1

WORKDIR /course
COPY requirements.lock pyproject.toml README.md LICENSE ./
COPY cnnlab cnnlab/

# gcs: papermill then writes to gs:// addresses.
RUN python3 -m pip install --no-cache-dir --constraint requirements.lock \
        ".${EXTRAS:+[${EXTRAS}]}" ipykernel "papermill[gcs]"

COPY solutions solutions/

# By number, so that a host which forbids root can tell without the image's names.
RUN useradd --create-home --uid 10001 learner
USER 10001

ENTRYPOINT ["papermill", "--kernel", "python3", "--language", "python", \
            "--log-output", "--no-progress-bar"]
CMD ["solutions/06_mnist_lab.ipynb", "/tmp/06_mnist_lab.ipynb"]
