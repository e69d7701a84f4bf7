/* The library's widget manager: models are made from the states on the shelf, when somebody asks for them. */

import * as base from "@jupyter-widgets/base";
import * as controls from "@jupyter-widgets/controls";
import { ManagerBase } from "@jupyter-widgets/base-manager";
import { AnyModel, AnyView } from "./anywidget-view.js";
import { OutputModel, OutputView } from "./output.js";

const MODULES = {
  "@jupyter-widgets/base": base,
  "@jupyter-widgets/controls": controls,
  "@jupyter-widgets/output": { OutputModel, OutputView },
  anywidget: { AnyModel, AnyView },
};

export class Manager extends ManagerBase {
  constructor(shelf) {
    super();
    this.shelf = shelf;
    this.connection = shelf.connection;
  }

  async get_model(id) {
    if (!this.has_model(id) && this.shelf.states.has(id)) this.make(id);
    return super.get_model(id);
  }

  make(id) {
    const state = this.shelf.states.get(id);
    this.new_model(
      {
        model_id: id,
        model_name: state._model_name,
        model_module: state._model_module,
        model_module_version: state._model_module_version,
        comm: this.connection.comm(id),
      },
      state,
    );
  }

  async loadClass(name, module) {
    const found = MODULES[module]?.[name];
    if (!found) throw new Error(`This page has no widget ${name} of ${module}.`);
    return found;
  }

  async _create_comm(target, id, data, metadata, buffers) {
    const comm = this.connection.comm(id ?? base.uuid(), target);
    if (data || metadata) comm.open(data, undefined, metadata, buffers);
    return comm;
  }

  async _get_comm_info() {
    return {};
  }
}
