//! What a script can use: the engine, and the functions of the host.

pub(crate) mod column;
pub(crate) mod facts;
pub(crate) mod functions;
mod language;
mod mask;
pub(crate) mod matrix;
mod neighbours;
mod number;
pub(crate) mod tiers;
pub(crate) mod tree;
pub(crate) mod unit;

pub use column::Column;
pub use facts::{Children, Classes, Facts, Indicator, Raw, Regions};
pub use functions::Function;
pub use mask::Mask;
pub use matrix::Matrix;
pub use neighbours::Neighbours;
pub use tiers::Tiers;
pub use unit::Unit;

use rhai::packages::{
    ArithmeticPackage, BasicArrayPackage, BasicIteratorPackage, BasicMapPackage, LogicPackage,
    MoreStringPackage, Package,
};
use rhai::{Engine, OptimizationLevel};

use crate::limits::{Limits, step};
use functions::Functions;

/// An engine with the host's functions, within limits, and a list of those functions.
///
/// It has no access to files, the clock, the network or random numbers, and cannot run texts.
pub(crate) fn engine(limits: &Limits) -> (Engine, Vec<Function>) {
    let mut engine = Engine::new_raw();
    // The optimiser may change what a text means from one release to the next; formulas gain nothing from it.
    engine.set_optimization_level(OptimizationLevel::None);
    engine.set_fast_operators(false);
    engine.register_global_module(ArithmeticPackage::new().as_shared_module());
    engine.register_global_module(LogicPackage::new().as_shared_module());
    engine.register_global_module(BasicArrayPackage::new().as_shared_module());
    engine.register_global_module(BasicMapPackage::new().as_shared_module());
    engine.register_global_module(BasicIteratorPackage::new().as_shared_module());
    engine.register_global_module(MoreStringPackage::new().as_shared_module());
    // `curry`: a function that holds functions that hold functions grows without a limit, and is copied whole each time.
    // `this` is a variable whose use the host does not see.
    for word in ["eval", "**=", "print", "debug", "curry", "this"] {
        engine.disable_symbol(word);
    }

    let mut lib = Functions::default();
    language::register(&mut lib);
    number::register(&mut lib);
    column::register(&mut lib);
    mask::register(&mut lib);
    matrix::register(&mut lib);
    facts::register(&mut lib);
    neighbours::register(&mut lib);
    tiers::register(&mut lib);
    tree::register(&mut lib);
    crate::setting::register(&mut lib);
    // A module that is registered later is looked at earlier: the host's division comes before the package's.
    engine.register_global_module(lib.module.into());
    engine
        .register_type_with_name::<Column>("Column")
        .register_type_with_name::<Matrix>("Matrix")
        .register_type_with_name::<Mask>("Mask")
        .register_type_with_name::<Regions>("Regions")
        .register_type_with_name::<Classes>("Classes")
        .register_type_with_name::<Neighbours>("Neighbours")
        .register_type_with_name::<Indicator>("Indicator")
        .register_type_with_name::<Facts>("Facts")
        .register_type_with_name::<Children>("Children")
        .register_type_with_name::<Raw>("Raw")
        .register_type_with_name::<Tiers>("Tiers")
        .register_type_with_name::<tree::Tree>("Tree");

    engine
        // Counted by the host, because the engine starts counting again in each module.
        .set_max_operations(0)
        .set_max_call_levels(limits.calls)
        .set_max_expr_depths(limits.depth, limits.depth)
        .set_max_variables(limits.variables)
        .set_max_functions(200)
        .set_max_modules(limits.modules)
        .set_max_string_size(limits.text)
        .set_max_array_size(limits.list)
        .set_max_map_size(limits.map)
        .set_fail_on_invalid_map_property(true)
        .set_strict_variables(false);
    engine.on_progress(|_| step().map(|spent| rhai::Dynamic::from(spent.said())));
    (engine, lib.table)
}
