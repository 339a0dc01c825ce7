/* The page's one global name. Each of the other files adds one subject to it. */
window.MapperControl = window.MapperControl || {};
