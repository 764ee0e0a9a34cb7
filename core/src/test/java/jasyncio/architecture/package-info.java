/** Rules about the code itself: who may use whom, what each module shows to the outside. */
package jasyncio.architecture;
