if (matchMedia("(max-width: 56rem)").matches) document.querySelector("details.rail").open = false;
