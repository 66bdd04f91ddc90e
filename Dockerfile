# A container that runs one of the course's notebooks with papermill.
#
#   docker build --tag cnnlab .
#   docker build --tag cnnlab-gpu --build-arg EXTRAS=tensorflow,gpu .
#
# docs/how-to/cloud.md: how to run it, other base images, and which of them were tested.
ARG BASE=python:3.11-slim
FROM ${BASE}

# "gpu" installs the CUDA libraries that TensorFlow was built for, so that any base
# image with Python 3.11 to 3.13 works. The driver comes from the host.
ARG EXTRAS=tensorflow

# The first two are for NVIDIA's container runtime. Without the last, pip refuses to
# install into the Python of Debian and Ubuntu, which is safe in a container.
ENV NVIDIA_VISIBLE_DEVICES=all \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility \
    PIP_BREAK_SYSTEM_PACKAGES=1

WORKDIR /course
COPY requirements.lock pyproject.toml LICENSE ./
COPY cnnlab cnnlab/

# With gcs, papermill can write to gs:// addresses.
RUN python3 -m pip install --no-cache-dir --constraint requirements.lock \
        ".${EXTRAS:+[${EXTRAS}]}" ipykernel "papermill[gcs]"

COPY solutions solutions/

# A number, so that a host which forbids root can check it without the image's users.
RUN useradd --create-home --uid 10001 learner
USER 10001

ENTRYPOINT ["papermill", "--kernel", "python3", "--language", "python", \
            "--log-output", "--no-progress-bar"]
CMD ["solutions/06_mnist_lab.ipynb", "/tmp/06_mnist_lab.ipynb"]
